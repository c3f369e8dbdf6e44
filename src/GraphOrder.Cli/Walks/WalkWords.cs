using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What the walker counts and names, in the words of documents and reports.</summary>
internal static class WalkWords
{
    /// <summary>Access as <c>rw</c>.</summary>
    public static string Of(PageAccess access) =>
        ((access & PageAccess.Read) != 0 ? "r" : "")
        + ((access & PageAccess.Write) != 0 ? "w" : "")
        + ((access & PageAccess.Execute) != 0 ? "x" : "");

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

    /// <summary>A fault as a diagnostic, of which sentences are made.</summary>
    public static Diagnostic Of(in PageTableFault fault)
    {
        List<DiagnosticFact> facts =
        [
            new("iova", NumberText.Hex(fault.Iova)),
            new("level", fault.Level),
            new("table", NumberText.Hex(fault.Table)),
        ];
        if (fault.Index >= 0)
        {
            facts.AddRange([new("index", fault.Index), new("entry", NumberText.Hex(fault.Entry))]);
        }

        if (fault.IsReadTwoWays)
        {
            facts.AddRange([new("hardware", Of(fault.Hardware)), new("kernel", Of(fault.Kernel))]);
        }

        return new(Code(fault.Kind), Of(fault.Severity)) { Facts = [.. facts] };
    }
}
