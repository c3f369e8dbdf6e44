using System.Collections.Immutable;
using System.Text;

namespace GraphOrder;

/// <summary>Writes what makes a plan a certificate: <c>dependencies</c> and <c>certificate</c>.</summary>
internal static class CertificateWriter
{
    /// <summary>Writes both members; the plan's own stand before them.</summary>
    public static void Write(RowWriter rows, PlanCertificate certificate)
    {
        SessionSet set = certificate.Set;
        rows.BeginEntry("  "u8);
        rows.Layout("\"dependencies\": ["u8);
        foreach (DeclaredDependency dependency in set.Dependencies)
        {
            rows.BeginEntry("    "u8);
            SessionSetWriter.WriteDependency(rows.Json, set, dependency);
            rows.End();
        }

        rows.Layout(set.Dependencies.IsEmpty
            ? "],\n  \"certificate\": {"u8
            : "\n  ],\n  \"certificate\": {"u8);
        if (!certificate.Rules.IsDefault)
        {
            WriteRules(rows, certificate.Rules);
        }

        rows.Layout("\n    \"sessions\": ["u8);
        foreach (SessionEntry session in set.Sessions)
        {
            rows.BeginEntry("      "u8);
            SessionSetWriter.WriteSession(rows.Json, set, session);
            rows.End();
        }

        rows.Layout(set.Sessions.IsEmpty
            ? "],\n    \"objects\": ["u8
            : "\n    ],\n    \"objects\": ["u8);
        for (int i = 0; i < set.Objects.Length; i++)
        {
            rows.BeginEntry("      "u8);
            SessionObjectWriter.Write(rows.Json, set, new ObjectId(i), [], []);
            rows.End();
        }

        rows.Layout(set.Objects.IsEmpty ? "]\n  }"u8 : "\n    ]\n  }"u8);
        rows.NeedComma();
    }

    private static void WriteRules(RowWriter rows, ImmutableArray<PhaseRule> rules)
    {
        rows.Layout("\n    \"phases\": {"u8);
        foreach (PhaseRule rule in rules)
        {
            rows.BeginEntry("      "u8);
            rows.Layout(Encoding.UTF8.GetBytes($"\"{rule.Phase.Name()}\": "));
            rows.Json.WriteStartObject();
            rows.Json.WriteString("step"u8, rule.UnitText);
            rows.Json.WriteString("between"u8, rule.BetweenText);
            rows.Json.WriteString("inside"u8, rule.InsideText);
            rows.Json.WriteEndObject();
            rows.End();
        }

        rows.Layout("\n    },"u8);
    }
}
