namespace GraphOrder;

/// <summary>
/// Whether a certificate says of a set what the set itself says: sessions and their beginnings, objects,
/// their places and tokens, acts, and every dependency with its phases. O(V + E).
/// </summary>
internal static class CertificateCheck
{
    /// <summary>Reports the first difference of sessions, of objects, of dependencies and of rules.</summary>
    public static void Compare(
        DependencyGraph graph, KernelPair kernels, PlanCertificate found, DiagnosticList diagnostics)
    {
        PlanCertificate expected = PlanCertificate.Of(graph, kernels);
        CompareSessions(found.Set, expected.Set, diagnostics);
        CompareObjects(found.Set, expected.Set, diagnostics);
        CompareDependencies(found.Set, expected.Set, diagnostics);
        CompareRules(found, kernels, diagnostics);
    }

    private static void CompareSessions(SessionSet found, SessionSet expected, DiagnosticList diagnostics)
    {
        int count = Math.Max(found.Sessions.Length, expected.Sessions.Length);
        for (int i = 0; i < count; i++)
        {
            string? own = i < expected.Sessions.Length ? Describe(expected, expected.Sessions[i]) : null;
            string? told = i < found.Sessions.Length ? Describe(found, found.Sessions[i]) : null;
            if (own != told)
            {
                Report(diagnostics, $"session {i}", told, own);
                return;
            }
        }
    }

    private static void CompareObjects(SessionSet found, SessionSet expected, DiagnosticList diagnostics)
    {
        int count = Math.Max(found.Objects.Length, expected.Objects.Length);
        for (int i = 0; i < count; i++)
        {
            ObjectId id = new(i);
            bool isInBoth = i < found.Objects.Length && i < expected.Objects.Length;
            if (isInBoth
                && found.Objects[i] is var told
                && expected.Objects[i] is var own
                && found.Utf8NameOf(id).SequenceEqual(expected.Utf8NameOf(id))
                && (told.Kind, told.Carrier, told.DeclaredToken) == (own.Kind, own.Carrier, own.DeclaredToken)
                && (told.Session, told.Act) == (own.Session, own.Act))
            {
                continue;
            }

            Report(
                diagnostics,
                $"object {i}",
                i < found.Objects.Length ? Describe(found, id) : null,
                i < expected.Objects.Length ? Describe(expected, id) : null);
            return;
        }
    }

    // Both lists are expanded, so that the order in which a document has them does not matter.
    private static void CompareDependencies(
        SessionSet found, SessionSet expected, DiagnosticList diagnostics)
    {
        ReadOnlySpan<Dependency> told = DependencyGraph.Of(found).Dependencies;
        ReadOnlySpan<Dependency> own = DependencyGraph.Of(expected).Dependencies;
        for (int i = 0; i < Math.Max(told.Length, own.Length); i++)
        {
            if (i < told.Length && i < own.Length
                && told[i] with { Origin = default } == own[i] with { Origin = default })
            {
                continue;
            }

            Report(
                diagnostics,
                "dependencies",
                i < told.Length ? Describe(found, told[i]) : null,
                i < own.Length ? Describe(expected, own[i]) : null);
            return;
        }
    }

    private static void CompareRules(
        PlanCertificate found, KernelPair kernels, DiagnosticList diagnostics)
    {
        foreach (PhaseRule rule in found.Rules.IsDefault ? [] : found.Rules)
        {
            if (kernels[rule.Phase] != rule)
            {
                Report(diagnostics, "phases", rule.ToString(), kernels[rule.Phase].ToString());
                return;
            }
        }
    }

    private static string Describe(SessionSet set, SessionEntry session)
    {
        string[] preserved = new string[session.Preserved.Length];
        for (int i = 0; i < preserved.Length; i++)
        {
            preserved[i] = set.NameOf(session.Preserved[i]);
        }

        return session.Name.Text + (session.Created ? ", created" : "")
            + (preserved.Length > 0 ? $", with {string.Join(", ", preserved)} preserved" : "");
    }

    private static string Describe(SessionSet set, ObjectId id)
    {
        PreservedObject found = set.Objects[id.Index];
        string place = found.Session is { } session
            ? $"in {set.NameOf(session)}, token 0x{found.DeclaredToken:x}"
            : found.Act is { } act
            ? $"of {set.NameOf(act.Session)} in {act.Phase.Name()}{(act.IsLate ? ", late" : "")}"
            : found.Carrier is { } carrier ? $"within {set.NameOf(carrier)}"
            : "moved by the kernel";
        return $"{set.NameOf(id)} ({found.Kind.Name}), {place}";
    }

    private static string Describe(SessionSet set, in Dependency dependency) =>
        $"{set.NameOf(dependency.Dependent)} => {set.NameOf(dependency.On)} ({dependency.Phases}"
        + (dependency.Strength == DependencyStrength.Soft ? $"; soft, weight {dependency.Weight})" : ")");

    private static void Report(DiagnosticList diagnostics, string what, string? found, string? expected) =>
        diagnostics.Add(new Diagnostic(DiagnosticCode.CertificateDiffers, DiagnosticSeverity.Error)
        {
            Facts =
            [
                new("what", what),
                new("found", found ?? "no more"),
                new("expected", expected ?? "no more"),
            ],
        });
}
