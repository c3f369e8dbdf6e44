using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>What shows only when all domains of a set have been walked: T06 and I08.</summary>
/// <param name="host">The set and what was made of it.</param>
/// <param name="tables">The pages of each domain's table.</param>
internal sealed class CrossFindings(HostMappings host, PhysicalRangeSet[] tables)
{
    /// <summary>Adds them to what was found.</summary>
    /// <param name="walked">The domains, in the order of the tables.</param>
    public void AddTo(WalkedDomain[] walked)
    {
        string? flaw = host.Memory.ReadRest();
        Dictionary<ObjectId, int> firstOf = [];
        for (int i = 0; i < walked.Length; i++)
        {
            WalkedDomain domain = walked[i];
            if (domain.WhyNot is not null)
            {
                continue;
            }

            if (flaw is not null)
            {
                walked[i] = new WalkedDomain(domain.Domain) { WhyNot = flaw };
                continue;
            }

            MappingFindings findings = new();
            TellTables(findings, tables[i]);
            foreach (MappedOwner owner in domain.Owners)
            {
                if (!firstOf.TryAdd(owner.Memfd, i))
                {
                    findings.Tell(
                        DiagnosticCode.AliasAcrossDomains, DiagnosticSeverity.Info, owner.FirstIova,
                        owner.FirstPhysical, (ulong)owner.Bytes, owner.Memfd);
                }
            }

            walked[i] = domain with
            {
                Findings =
                [
                    .. domain.Findings,
                    .. findings.Found.Select(
                        found => MappingDiagnostics.Of(found, host.Set, domain.Domain, 0)),
                ],
            };
        }
    }

    // A page of a table inside a memfd: whoever writes to the memfd writes the table.
    private void TellTables(MappingFindings findings, PhysicalRangeSet own)
    {
        foreach ((ObjectId memfd, ulong page) in host.Memory.TablesInMemfds())
        {
            if (own.Covers(new(page, page)))
            {
                findings.Tell(
                    DiagnosticCode.TableInsideMemfd, DiagnosticSeverity.Error, 0, page,
                    1UL << OwnerMap.FrameLg2, memfd);
            }
        }
    }
}
