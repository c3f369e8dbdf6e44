using System.Collections.Immutable;
using static GraphOrder.InsideSession;

namespace GraphOrder;

/// <summary>
/// How a system decides the order in each phase: data that the planner and the verifier read. Immutable.
/// </summary>
/// <remarks>
/// In every model here each dependency of a phase constrains exactly one named order, so that each named
/// order is one topological sort. That holds because every create precedes the first preserve and every
/// retrieve precedes the first finish.
/// </remarks>
public sealed class LifecycleModel
{
    private readonly ImmutableArray<PhaseRule> _rules;

    private LifecycleModel(string name, ImmutableArray<PhaseRule> rules)
    {
        Name = name;
        _rules = rules;
    }

    /// <summary>
    /// Linux 7.3's live update orchestrator (kernel/liveupdate/luo_session.c, luo_file.c): freeze in
    /// creation and preserve order; a rolled-back freeze takes sessions backward and files <b>forward</b>;
    /// unpreserve and finish take one session at a time, files in reverse preserve order; retrieve in any
    /// order.
    /// </summary>
    public static LifecycleModel Linux73 { get; } = new("linux-7.3",
    [
        new(Phase.Preserve, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
        new(Phase.Freeze, StepUnit.File, SessionOrder.Create, false, PreserveForward),
        new(Phase.Unfreeze, StepUnit.File, SessionOrder.Create, true, PreserveForward),
        new(Phase.Unpreserve, StepUnit.File, SessionOrder.Close, false, PreserveBackward),
        new(Phase.Retrieve, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
        new(Phase.Finish, StepUnit.File, SessionOrder.Finish, false, PreserveBackward),
    ]);

    /// <summary>The models that have a name here, in the order of the contract.</summary>
    public static ImmutableArray<LifecycleModel> BuiltIn { get; } = [Linux73];

    /// <summary>The name that documents and <c>--model</c> use.</summary>
    public string Name { get; }

    /// <summary>How the model decides the order of a phase.</summary>
    public PhaseRule this[Phase phase] => _rules[(int)phase];

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

    /// <inheritdoc/>
    public override string ToString() => Name;
}
