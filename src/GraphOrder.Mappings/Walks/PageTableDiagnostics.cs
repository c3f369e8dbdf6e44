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
