using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>Writes <c>graphorder/finish/1</c>: the finish order alone, or why there is none.
/// Thread-safe.</summary>
public static class FinishWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/finish/1";

    /// <summary>Writes an order in UTF-8 with line feeds; the stream stays open.</summary>
    /// <param name="utf8">Where to.</param>
    /// <param name="result">The plan or the refusal.</param>
    /// <param name="names">What is finished, in order; empty where there is no order.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream utf8, PlanResult result, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(names);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        rows.Member("schema", Schema);
        rows.Member("model", result.Model);
        rows.Member("input", result.Input.ToString());
        if (result.IsLegal)
        {
            WriteNames(rows, names);
        }

        ImmutableArray<Diagnostic> problems = result.IsLegal ? [] : result.Diagnostics;
        rows.Problems(problems);
        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static void WriteNames(RowWriter rows, IReadOnlyList<string> names)
    {
        rows.BeginEntry("  "u8);
        rows.Layout("\"finish\": ["u8);
        foreach (string name in names)
        {
            rows.BeginEntry("    "u8);
            rows.Json.WriteStringValue(name);
            rows.End();
        }

        rows.Layout(Encoding.UTF8.GetBytes(names.Count == 0 ? "]" : "\n  ]"));
        rows.NeedComma();
    }
}
