using System.Collections.Immutable;
using static GraphOrder.InsideSession;

namespace GraphOrder;

/// <summary>
/// How a system decides the order in each phase: data that the planner and the verifier read. Immutable.
/// </summary>
/// <remarks>
/// In every model each dependency of a phase constrains exactly one named order, so that each named order
/// is one topological sort. That holds because every create precedes the first preserve and every retrieve
/// precedes the first finish; what would break it is refused (<see cref="ModelFlaw"/>).
/// </remarks>
/// <example>
/// <code>
/// LifecycleModel mine = LifecycleModel.Linux73.With("my-host", new PhaseRule(
///     Phase.Finish, StepUnit.File, SessionOrder.Finish, false, InsideSession.PreserveForward));
/// </code>
/// </example>
public sealed class LifecycleModel
{
    private readonly ImmutableArray<PhaseRule> _rules;

    /// <summary>A model of one's own.</summary>
    /// <param name="name">What documents call it: not empty, without a colon.</param>
    /// <param name="rules">One rule for each of the six phases, in any order.</param>
    /// <exception cref="ArgumentException">
    /// The name is none, a phase is missing or stands twice, or the rules have a <see cref="ModelFlaw"/>.
    /// </exception>
    public LifecycleModel(string name, params ReadOnlySpan<PhaseRule> rules)
    {
        if (!IsName(name))
        {
            throw new ArgumentException($"'{name}' cannot name a model.", nameof(name));
        }

        PhaseRule[] byPhase = new PhaseRule[Phases.Count];
        PhaseSet seen = PhaseSet.None;
        foreach (PhaseRule rule in rules)
        {
            byPhase[(int)rule.Phase] = rule;
            seen = seen.With(rule.Phase);
        }

        if (seen != PhaseSet.All || rules.Length != Phases.Count)
        {
            throw new ArgumentException("A model has one rule for each phase.", nameof(rules));
        }

        ModelFlaw flaw = PhaseRules.Check(phase => byPhase[(int)phase], out Phase flawed);
        if (flaw != ModelFlaw.None)
        {
            throw new ArgumentException($"{flawed.Name()}: {flaw}.", nameof(rules));
        }

        Name = name;
        _rules = [.. byPhase];
    }

    /// <summary>
    /// Linux 7.3's live update orchestrator (kernel/liveupdate/luo_session.c, luo_file.c): freeze in
    /// creation and preserve order; a rolled-back freeze takes sessions backward and files <b>forward</b>;
    /// unpreserve and finish take one session at a time, files in reverse preserve order; retrieve in any
    /// order.
    /// </summary>
    public static LifecycleModel Linux73 { get; } = new(
        "linux-7.3",
        new(Phase.Preserve, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
        new(Phase.Freeze, StepUnit.File, SessionOrder.Create, false, PreserveForward),
        new(Phase.Unfreeze, StepUnit.File, SessionOrder.Create, true, PreserveForward),
        new(Phase.Unpreserve, StepUnit.File, SessionOrder.Close, false, PreserveBackward),
        new(Phase.Retrieve, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
        new(Phase.Finish, StepUnit.File, SessionOrder.Finish, false, PreserveBackward));

    /// <summary>
    /// The same orders with the rules of the posted iommufd, vfio, PCI and guest_memfd series as errors
    /// (<see cref="KernelProfile.LinuxNext"/>).
    /// </summary>
    public static LifecycleModel LinuxNext { get; } = Linux73.With("linux-next");

    /// <summary>The explicit graph of the mail: every object by itself, in an order of our choice.</summary>
    public static LifecycleModel ExplicitGraph { get; } = new(
        "explicit-graph",
        Free(Phase.Preserve),
        Free(Phase.Freeze),
        Free(Phase.Unfreeze),
        Free(Phase.Unpreserve),
        Free(Phase.Retrieve),
        Free(Phase.Finish));

    /// <summary>A finish per session: within it everything is released together.</summary>
    public static LifecycleModel SessionFinish { get; } = Linux73.With(
        "session-finish",
        new PhaseRule(Phase.Finish, StepUnit.Session, SessionOrder.Finish, false, Together));

    /// <summary>One finish for everything, after all are done.</summary>
    public static LifecycleModel GlobalFinish { get; } = Linux73.With(
        "global-finish",
        new PhaseRule(Phase.Finish, StepUnit.Everything, SessionOrder.Interleaved, false, Together));

    /// <summary>The models that have a name here, in the order of the contract.</summary>
    public static ImmutableArray<LifecycleModel> BuiltIn { get; } =
        [Linux73, LinuxNext, ExplicitGraph, SessionFinish, GlobalFinish];

    /// <summary>The name that documents and <c>--model</c> use.</summary>
    public string Name { get; }

    /// <summary>How the model decides the order of a phase.</summary>
    public PhaseRule this[Phase phase] => _rules[(int)phase];

    /// <summary>Whether a model may have this name; a colon stands between two of them.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && !name.Contains(':', StringComparison.Ordinal);
    }

    /// <summary>What is wrong with the rules of six phases, given in phase order.</summary>
    /// <param name="rules">One rule for each phase, in phase order.</param>
    /// <param name="flawed">The first phase with a flaw.</param>
    public static ModelFlaw Check(ImmutableArray<PhaseRule> rules, out Phase flawed) =>
        PhaseRules.Check(phase => rules[(int)phase], out flawed);

    /// <summary>Finds a built-in model by its name.</summary>
    public static bool TryFind(string name, out LifecycleModel? model)
    {
        foreach (LifecycleModel candidate in BuiltIn)
        {
            if (candidate.Name == name)
            {
                model = candidate;
                return true;
            }
        }

        model = null;
        return false;
    }

    /// <summary>This model under another name, with other rules for some phases.</summary>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public LifecycleModel With(string name, params ReadOnlySpan<PhaseRule> rules)
    {
        PhaseRule[] changed = [.. _rules];
        foreach (PhaseRule rule in rules)
        {
            changed[(int)rule.Phase] = rule;
        }

        return new LifecycleModel(name, changed);
    }

    /// <summary>Whether another model decides every phase alike, whatever its name.</summary>
    public bool HasRulesOf(LifecycleModel other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _rules.AsSpan().SequenceEqual(other._rules.AsSpan());
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static PhaseRule Free(Phase phase) =>
        new(phase, StepUnit.Object, SessionOrder.Interleaved, false, Chosen);
}
