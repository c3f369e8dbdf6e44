using static GraphOrder.InsideSession;

namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>The models that questions name: those built in, and some that show what no built-in one does.
/// </summary>
internal static class AnswerModels
{
    private static readonly LifecycleModel[] Own =
    [
        // The kernel walks one row of all files of each session, and sessions mix.
        LifecycleModel.Linux73.With(
            "row-by-row",
            new(Phase.Unpreserve, StepUnit.File, SessionOrder.Interleaved, false, PreserveBackward),
            new(Phase.Retrieve, StepUnit.File, SessionOrder.Interleaved, false, PreserveForward),
            new(Phase.Finish, StepUnit.File, SessionOrder.Interleaved, false, PreserveBackward)),

        // Sessions come back one after another, files in the order of preserve.
        LifecycleModel.Linux73.With(
            "by-session",
            new(Phase.Retrieve, StepUnit.File, SessionOrder.Finish, false, PreserveForward),
            new(Phase.Finish, StepUnit.File, SessionOrder.Finish, false, PreserveForward)),

        // Files go one by one in an order of our choice.
        LifecycleModel.Linux73.With(
            "free-files",
            new(Phase.Freeze, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
            new(Phase.Unfreeze, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
            new(Phase.Unpreserve, StepUnit.File, SessionOrder.Interleaved, false, Chosen),
            new(Phase.Finish, StepUnit.File, SessionOrder.Interleaved, false, Chosen)),

        // Sessions go one after another, and the files of each in an order of our choice.
        LifecycleModel.Linux73.With(
            "chosen-inside",
            new(Phase.Unpreserve, StepUnit.File, SessionOrder.Close, false, Chosen),
            new(Phase.Retrieve, StepUnit.File, SessionOrder.Finish, false, Chosen),
            new(Phase.Finish, StepUnit.File, SessionOrder.Finish, false, Chosen)),

        // Whole sessions come back, the one that was created last first.
        LifecycleModel.Linux73.With(
            "sessions-back",
            new PhaseRule(Phase.Retrieve, StepUnit.Session, SessionOrder.Create, true, Together)),

        // Objects come back one by one, sessions go at once.
        LifecycleModel.ExplicitGraph.With(
            "objects-back",
            new PhaseRule(Phase.Finish, StepUnit.Session, SessionOrder.Finish, false, Together),
            new PhaseRule(Phase.Unpreserve, StepUnit.Everything, SessionOrder.Interleaved, false, Together)),
    ];

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names =>
        LifecycleModel.BuiltIn.Concat(Own).Select(model => model.Name);

    /// <summary>The kernels of a model, or of two (old:next); Linux 7.3 where no name is given.</summary>
    public static KernelPair Find(string name) =>
        name.Length == 0 ? KernelPair.Linux73
        : name.Contains(':', StringComparison.Ordinal)
            && KernelPair.TryFindByModel(name, out KernelPair? pair) ? pair!
        : name == LifecycleModel.LinuxNext.Name ? new KernelPair(KernelProfile.LinuxNext)
        : KernelPair.Of(LifecycleModel.BuiltIn.Concat(Own).Single(model => model.Name == name));
}
