using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder;

/// <summary>What planning gives: exactly one of a plan or at least one error. Immutable.</summary>
public sealed class PlanResult
{
    private readonly Plan? _plan;

    internal PlanResult(Plan plan)
    {
        _plan = plan;
        Model = plan.Model;
        Input = plan.Input;
        Rules = plan.Rules;
        Diagnostics = plan.Diagnostics;
    }

    internal PlanResult(string model, Digest input, Digest rules, ImmutableArray<Diagnostic> diagnostics)
    {
        Model = model;
        Input = input;
        Rules = rules;
        Diagnostics = diagnostics;
    }

    /// <summary>Whether there is a plan.</summary>
    public bool IsLegal => _plan is not null;

    /// <summary>The lifecycle model, or <c>OLD:NEW</c>.</summary>
    public string Model { get; }

    /// <summary>The digest of the set.</summary>
    public Digest Input { get; }

    /// <summary>The digest of the rule table by which <c>needs</c> was read.</summary>
    public Digest Rules { get; }

    /// <summary>Errors where there is no plan; warnings and infos in either case. Sorted.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The plan, where there is one.</summary>
    public bool TryGetPlan([NotNullWhen(true)] out Plan? plan)
    {
        plan = _plan;
        return plan is not null;
    }

    /// <summary>A refusal that says something more.</summary>
    internal PlanResult With(ImmutableArray<Diagnostic> more) =>
        new(Model, Input, Rules, Diagnostics.AddRange(more));

    /// <summary>The plan.</summary>
    /// <exception cref="PlanRejectedException">
    /// There is none; the exception carries the diagnostics.
    /// </exception>
    public Plan GetPlanOrThrow() => _plan ?? throw new PlanRejectedException(Diagnostics);
}

/// <summary>There is no legal plan, and the caller asked for one or an exception.</summary>
public sealed class PlanRejectedException : Exception
{
    internal PlanRejectedException(ImmutableArray<Diagnostic> diagnostics)
        : base($"There is no legal plan ({diagnostics[0].Code.Text()}).") => Diagnostics = diagnostics;

    /// <summary>Why there is none; at least one error.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }
}
