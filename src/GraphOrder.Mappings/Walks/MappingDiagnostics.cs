namespace GraphOrder.Mappings;

/// <summary>Findings of a domain as diagnostics, of which sentences are made. Thread-safe.</summary>
internal static class MappingDiagnostics
{
    /// <summary>A finding.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="set">The set.</param>
    /// <param name="domain">The domain whose table it is.</param>
    /// <param name="unknownCount">How many memfds do not say where they lie.</param>
    public static Diagnostic Of(Finding finding, SessionSet set, ObjectId domain, int unknownCount)
    {
        List<DiagnosticFact> facts =
        [
            new("bytes", (long)UInt128.Min(finding.Bytes, long.MaxValue)),
            new("iova", $"0x{finding.Iova:x}"),
            new("physical", $"0x{finding.Physical:x}"),
            new("expected", $"0x{finding.Expected:x}"),
        ];
        if (finding.Code == DiagnosticCode.OwnerUnknown)
        {
            facts.Add(new("count", unknownCount));
        }

        List<string> subjects = [set.NameOf(domain)];
        if (finding.Memfd is { } memfd)
        {
            subjects.Add(set.NameOf(memfd));
            AddSession("session", domain);
            AddSession("otherSession", memfd);
        }

        return new Diagnostic(finding.Code, finding.Severity)
        {
            Subjects = [.. subjects],
            Facts = [.. facts],
            Location = set.Objects[domain.Index].Location,
        };

        void AddSession(string name, ObjectId of)
        {
            if (set.SessionOf(of) is { } session)
            {
                facts.Add(new(name, set.NameOf(session)));
            }
        }
    }
}
