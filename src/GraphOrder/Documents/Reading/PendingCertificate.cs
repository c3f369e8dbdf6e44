using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A certificate while its plan is read; its members may stand in any order.</summary>
internal sealed class PendingCertificate
{
    public bool IsThere { get; set; }

    public PendingSet Set { get; } = new();

    public PhaseRule[]? Rules { get; set; }

    public SourceLocation RulesLocation { get; set; }

    /// <summary>The certificate; null where there is none, or where something is wrong with it.</summary>
    public PlanCertificate? Resolve(string model, string? sourceName, DiagnosticList problems)
    {
        if (!IsThere || problems.HasErrors)
        {
            return null;
        }

        CheckTokens(problems);
        CheckRules(model, problems);
        SessionSet? set = SessionSetResolver.Resolve(Set, sourceName, problems);
        ImmutableArray<PhaseRule> rules = Rules is null ? default : ImmutableArray.Create(Rules);
        return set is null || problems.HasErrors ? null : new PlanCertificate(set, rules);
    }

    // Tokens that a set leaves open are assigned by whoever plans; a certificate says which.
    private void CheckTokens(DiagnosticList problems)
    {
        foreach (ref readonly PendingObject found in Set.Objects)
        {
            if (found.Session.IsThere && found.Token is null && !found.IsAct)
            {
                Report(problems, DiagnosticCode.MissingMember, found.Location, new("member", "token"),
                    new("what", "a file of a certificate"));
            }
        }

        foreach (ref readonly PendingDependency found in Set.Dependencies)
        {
            if (found.Phases is null)
            {
                Report(problems, DiagnosticCode.MissingMember, found.Origin.Location, new("member", "phases"),
                    new("what", "a dependency of a certificate"));
            }
        }
    }

    // A built-in model is what the contract says it is, whatever a document claims.
    private void CheckRules(string model, DiagnosticList problems)
    {
        if (Rules is not { } rules)
        {
            return;
        }

        string[] names = model.Split(':', 2);
        bool isOther = false;
        foreach (PhaseRule rule in rules)
        {
            bool isBuiltIn = LifecycleModel.TryFind(
                rule.Phase.IsInNewKernel() ? names[^1] : names[0], out LifecycleModel? known);
            isOther |= isBuiltIn && known![rule.Phase] != rule;
        }

        ModelFlaw flaw = LifecycleModel.Check(ImmutableArray.Create(rules), out Phase flawed);
        if (flaw != ModelFlaw.None || isOther)
        {
            Report(
                problems,
                DiagnosticCode.WrongValue,
                RulesLocation,
                new("member", "phases"),
                new("found", flaw == ModelFlaw.None ? model : $"{flawed.Name()}: {flaw}"),
                new("expected", isOther ? "the rules of the contract for that name" : "rules of a model"));
        }
    }

    private static void Report(
        DiagnosticList problems,
        DiagnosticCode code,
        SourceLocation location,
        params DiagnosticFact[] facts) =>
        problems.Add(
            new Diagnostic(code, DiagnosticSeverity.Error) { Location = location, Facts = [.. facts] });
}
