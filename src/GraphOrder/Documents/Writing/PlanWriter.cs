using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace GraphOrder;

/// <summary>
/// Writes <c>graphorder/plan/1</c>: a plan, or a refusal. Equal results give equal bytes, on every machine.
/// Thread-safe.
/// </summary>
public static class PlanWriter
{
    /// <summary>The schema that is written.</summary>
    public const string Schema = "graphorder/plan/1";

    /// <summary>Writes a result in UTF-8 with line feeds; the stream stays open.</summary>
    /// <param name="utf8">Where to.</param>
    /// <param name="result">The plan or the refusal.</param>
    /// <param name="repairs">The ways out of a refusal; null where nobody looked for any.</param>
    /// <param name="schedule">When the steps run; null where nobody asked.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(
        Stream utf8, PlanResult result, RepairList? repairs = null, Schedule? schedule = null)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(result);
        using RowWriter rows = new(utf8);
        rows.Layout("{"u8);
        Member(rows, "schema", Schema);
        Member(rows, "model", result.Model);
        Member(rows, "input", result.Input.ToString());
        Member(rows, "rules", result.Rules.ToString());
        if (result.TryGetPlan(out Plan? plan))
        {
            WritePlan(rows, plan);
        }

        rows.BeginEntry("  "u8);
        rows.Layout("\"diagnostics\": ["u8);
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            rows.BeginEntry("    "u8);
            DiagnosticWriter.Write(rows.Json, diagnostic);
            rows.End();
        }

        rows.Layout(result.Diagnostics.IsEmpty ? "]"u8 : "\n  ]"u8);
        if (repairs is not null && !result.IsLegal)
        {
            WriteRepairs(rows, repairs);
        }

        if (schedule is not null)
        {
            ScheduleWriter.Write(rows, schedule, withSteps: result.IsLegal);
        }

        rows.Layout("\n}\n"u8);
        rows.Flush();
    }

    private static void WriteRepairs(RowWriter rows, RepairList repairs)
    {
        rows.NeedComma();
        rows.BeginEntry("  "u8);
        rows.Layout("\"repairs\": ["u8);
        for (int i = 0; i < repairs.Repairs.Length; i++)
        {
            rows.BeginEntry("    "u8);
            RepairWriter.Write(rows.Json, repairs.Repairs[i], i + 1);
            rows.End();
        }

        rows.Layout(repairs.Repairs.IsEmpty ? "]"u8 : "\n  ]"u8);
        rows.NeedComma();
        rows.BeginEntry("  "u8);
        rows.Layout(repairs.IsCheapest ? "\"cheapest\": true"u8 : "\"cheapest\": false"u8);
        rows.NeedComma();
        rows.BeginEntry("  "u8);
        List(rows, "legalAsItStands", repairs.LegalModels);
    }

    private static void WritePlan(RowWriter rows, Plan plan)
    {
        if (!plan.Waived.IsEmpty)
        {
            rows.BeginEntry("  "u8);
            List(rows, "waived", [.. plan.Waived]);
        }

        rows.BeginEntry("  "u8);
        rows.Layout("\"sessions\": {"u8);
        bool isFirst = true;
        foreach (string name in (ReadOnlySpan<string>)["create", "retrieve", "finish", "close"])
        {
            Order(rows, name, plan.Sessions.Find(name), ref isFirst);
        }

        foreach ((string name, ImmutableArray<SessionName> sessions) in plan.Sessions.Others)
        {
            Order(rows, name, sessions, ref isFirst);
        }

        rows.Layout(isFirst ? "},\n  \"phases\": {"u8 : "\n  },\n  \"phases\": {"u8);
        StepWriter? steps = null;
        PlanNames? names = null;
        foreach (Phase phase in Phases.All)
        {
            if (!ReferenceEquals(names, plan[phase].Names))
            {
                names = plan[phase].Names;
                steps = new StepWriter(rows, names);
            }

            rows.Layout(phase == Phase.Preserve ? "\n    "u8 : ",\n    "u8);
            rows.Layout(Encoding.UTF8.GetBytes($"\"{phase.Name()}\": ["));
            steps!.Write(plan[phase]);
            rows.Layout(plan[phase].Count == 0 ? "]"u8 : "\n    ]"u8);
        }

        rows.Layout("\n  }"u8);
        rows.NeedComma();
        if (plan.Certificate is { } certificate)
        {
            CertificateWriter.Write(rows, certificate);
        }
    }

    private static void Order(
        RowWriter rows, string name, ImmutableArray<SessionName> sessions, ref bool isFirst)
    {
        if (!sessions.IsDefault)
        {
            rows.Layout(isFirst ? "\n    "u8 : ",\n    "u8);
            List(rows, name, sessions.Select(session => session.Text));
            isFirst = false;
        }
    }

    private static void List(RowWriter rows, string name, IEnumerable<string> texts)
    {
        rows.Layout(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name)}\": ["));
        foreach (string text in texts)
        {
            rows.BeginInline();
            rows.Json.WriteStringValue(text);
            rows.End();
        }

        rows.Layout("]"u8);
        rows.NeedComma();
    }

    private static void Member(RowWriter rows, string name, string value)
    {
        rows.BeginEntry("  "u8);
        rows.Layout(Encoding.UTF8.GetBytes($"\"{name}\": "));
        rows.Json.WriteStringValue(value);
        rows.End();
    }
}
