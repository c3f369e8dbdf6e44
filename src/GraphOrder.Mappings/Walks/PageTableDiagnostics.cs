using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>Faults of page tables as diagnostics, of which sentences are made. Thread-safe.</summary>
public static class PageTableDiagnostics
{
    /// <summary>The code of a fault.</summary>
    public static DiagnosticCode Code(PageTableFaultKind kind) => (DiagnosticCode)(int)kind;

    /// <summary>Severity as a diagnostic has it.</summary>
    public static DiagnosticSeverity Of(FaultSeverity severity) => severity switch
    {
        FaultSeverity.Error => DiagnosticSeverity.Error,
        FaultSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    /// <summary>What somebody takes a word for.</summary>
    public static string Of(EntryKind kind) => kind switch
    {
        EntryKind.Table => "a table",
        EntryKind.Leaf => "a leaf",
        EntryKind.Refused => "a fault",
        EntryKind.TableElsewhere => "a table of another level",
        _ => "nothing",
    };

    /// <summary>
    /// Why what was read may be torn: the image changed meanwhile, or is the memory of the machine that
    /// runs. Ask when everything has been read.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="name">Its name.</param>
    /// <param name="summary">What the walk counted.</param>
    /// <returns>A warning without a subject; null where nothing speaks for it.</returns>
    public static Diagnostic? Torn(PhysicalImage image, string name, WalkSummary summary)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(summary);
        List<DiagnosticFact> facts = [];
        List<string> reasons = [];
        if (summary.TornTables > 0)
        {
            string tables = summary.TornTables == 1 ? "1 table has" : $"{summary.TornTables} tables have";
            reasons.Add($"{tables} other words when read again, the first at 0x{summary.FirstTornTable:x}");
            facts.AddRange(
                [new("count", summary.TornTables), new("table", $"0x{summary.FirstTornTable:x}")]);
        }

        if (image.IsLive)
        {
            reasons.Add("the machine ran meanwhile");
        }
        else if (image.HasChanged)
        {
            reasons.Add("its size or time of change is no longer what it was");
        }

        return reasons.Count == 0 ? null : new(DiagnosticCode.TornRead, DiagnosticSeverity.Warning)
        {
            Facts = [new("image", name), new("reason", string.Join(", and ", reasons)), .. facts],
        };
    }

    /// <summary>A fault, without a subject.</summary>
    public static Diagnostic Of(in PageTableFault fault)
    {
        List<DiagnosticFact> facts =
        [
            new("iova", $"0x{fault.Iova:x}"),
            new("level", fault.Level),
            new("table", $"0x{fault.Table:x}"),
        ];
        if (fault.Index >= 0)
        {
            facts.AddRange([new("index", fault.Index), new("entry", $"0x{fault.Entry:x}")]);
        }

        if (fault.IsReadTwoWays)
        {
            facts.AddRange([new("hardware", Of(fault.Hardware)), new("kernel", Of(fault.Kernel))]);
        }

        return new Diagnostic(Code(fault.Kind), Of(fault.Severity)) { Facts = [.. facts] };
    }
}
