using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>What the documents of explanations have in common, row by row.</summary>
internal static class ExplanationRows
{
    /// <summary>A member with a text.</summary>
    public static void Member(this RowWriter rows, string name, string value)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
        rows.Json.WriteStringValue(value);
        rows.End();
    }

    /// <summary>A member with a chain, one step a line.</summary>
    public static void Chain(
        this RowWriter rows,
        string indent,
        string name,
        ImmutableArray<CyclePhase> phases,
        ImmutableArray<CycleStep> chain)
    {
        byte[] inner = Encoding.UTF8.GetBytes(indent + "  ");
        rows.BeginEntry(Encoding.UTF8.GetBytes(indent));
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": ["));
        foreach (CycleStep step in chain)
        {
            rows.BeginEntry(inner);
            DiagnosticWriter.WriteStep(rows.Json, phases, step);
            rows.End();
        }

        rows.Layout(Encoding.UTF8.GetBytes(chain.IsEmpty ? "]" : $"\n{indent}]"));
        rows.NeedComma();
    }

    /// <summary>Why the set has no plan, as <c>diagnostics</c>; empty where it has one.</summary>
    public static void Problems(this RowWriter rows, ImmutableArray<Diagnostic> problems)
    {
        rows.BeginEntry("  "u8);
        rows.Layout("\"diagnostics\": ["u8);
        foreach (Diagnostic problem in problems)
        {
            rows.BeginEntry("    "u8);
            DiagnosticWriter.Write(rows.Json, problem);
            rows.End();
        }

        rows.Layout(problems.IsEmpty ? "]"u8 : "\n  ]"u8);
    }
}
