namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set of the page tables that the Intel IOMMU driver prints in debugfs. In which session,
/// and in which iommufd, a table travels is not told there: one session holds them all. Thread-safe.
/// </summary>
public static class VtdDebugfsImport
{
    private const string SessionName = "vtd-debugfs";

    /// <summary>
    /// Reads domain_translation_struct, dmar_translation_struct and iommu_regset, as many as there are.
    /// </summary>
    /// <param name="sources">The files, in any order.</param>
    /// <param name="cancellation">Checked now and then.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImportResult Read(IReadOnlyList<ImportSource> sources,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return ImportedSet.Make(() => Make(sources, cancellation), cancellation);
    }

    private static ImportedSet Make(IReadOnlyList<ImportSource> sources, CancellationToken cancellation)
    {
        ImportedSet set = new("vtd-debugfs")
        {
            Empty = ("What debugfs printed", "Give domain_translation_struct or dmar_translation_struct"),
        };
        VtdReader reader = new();
        foreach (ImportSource source in sources)
        {
            reader.Read(source, cancellation);
        }

        ImportedSession session = new(SessionName);
        session.Extras.Add(new("x-inferred", "one session for all tables, since debugfs tells of none"));
        foreach (VtdDomain domain in reader.Domains)
        {
            Add(set, domain);
        }

        if (set.Objects.Count > 0)
        {
            set.Sessions.Add(session);
        }

        foreach ((string name, ulong? rootTable) in reader.Units)
        {
            ImportedObject unit = new($"unit/{name}", ObjectKind.IommuUnit);
            if (rootTable is { } address)
            {
                unit.Extras.Add(new("x-rootTable", $"0x{address:x}"));
            }

            set.Objects.Add(unit);
        }

        foreach (string device in reader.PassThrough)
        {
            set.NotSeen.Add($"what {device} reaches: it has no table and reaches all memory");
        }

        return set;
    }

    private static void Add(ImportedSet set, VtdDomain domain)
    {
        string id = $"{(domain.IsFirstStage ? "first-stage" : "domain")}@0x{domain.Root:x}";
        if (domain.Levels is null)
        {
            set.NotSeen.Add($"the levels of {id}, which maps nothing");
        }

        if (!domain.IsPrinted)
        {
            set.NotSeen.Add($"what {id} maps");
        }

        int levels = domain.Levels ?? 4;
        string format = domain.IsFirstStage ? "x86-64" : "vtd-second-stage";
        ImportedObject made = new(id, ObjectKind.IommuDomain)
        {
            Session = SessionName,
            PageTable = new PageTableFacts(format, levels - 1, domain.Root),
        };
        made.Needs.AddRange(domain.Units.Select(unit => $"unit/{unit}"));
        made.Extras.Add(new("x-devices", [.. domain.Devices]));
        if (domain.Number is { } number)
        {
            made.Extras.Add(new("x-domainNumber", number));
        }

        if (domain.IsPrinted)
        {
            made.Extras.Add(new("x-mappedBytes", $"0x{domain.MappedBytes:x}"));
            made.Extras.Add(new("x-runs", [.. domain.Runs]));
        }

        if (domain.RunCount > domain.Runs.Count)
        {
            set.NotSeen.Add($"{domain.RunCount - domain.Runs.Count} more runs of {id}");
        }

        set.Objects.Add(made);
    }
}
