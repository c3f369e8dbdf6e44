namespace GraphOrder.Tests.Planning;

/// <summary>
/// A lifecycle model as the contract's table writes it, one line for each phase: step; sessions; inside. The
/// definition that planner and verifier are held against, shared with neither.
/// </summary>
public sealed class ModelText
{
    private const string Chosen = "file; interleaved; chosen";
    private const string Free = "object; interleaved; chosen";
    private const string Freeze = "file; create forward; preserve forward";
    private const string Unfreeze = "file; create backward; preserve forward";
    private const string Unpreserve = "file; close forward; preserve backward";

    private readonly (string Step, string Between, string Inside)[] _rules;

    private ModelText(LifecycleModel model, params string[] lines)
    {
        Kernels = KernelPair.Of(model);
        _rules = [.. lines.Select(line => line.Split("; ")).Select(words => (words[0], words[1], words[2]))];
    }

    public static ModelText Linux73 { get; } = new(
        LifecycleModel.Linux73,
        Chosen, Freeze, Unfreeze, Unpreserve, Chosen, "file; finish forward; preserve backward");

    public static ModelText LinuxNext { get; } = new(
        LifecycleModel.LinuxNext,
        Chosen, Freeze, Unfreeze, Unpreserve, Chosen, "file; finish forward; preserve backward");

    public static ModelText ExplicitGraph { get; } = new(
        LifecycleModel.ExplicitGraph, Free, Free, Free, Free, Free, Free);

    public static ModelText SessionFinish { get; } = new(
        LifecycleModel.SessionFinish,
        Chosen, Freeze, Unfreeze, Unpreserve, Chosen, "session; finish forward; together");

    public static ModelText GlobalFinish { get; } = new(
        LifecycleModel.GlobalFinish,
        Chosen, Freeze, Unfreeze, Unpreserve, Chosen, "everything; interleaved; together");

    /// <summary>A model that no kernel has: every rule that the built-in ones leave out.</summary>
    public static ModelText Own { get; } = new(
        new LifecycleModel(
            "own",
            new(Phase.Preserve, StepUnit.File, default, false, InsideSession.Chosen),
            new(Phase.Freeze, StepUnit.File, default, false, InsideSession.PreserveForward),
            new(Phase.Unfreeze, StepUnit.File, default, false, InsideSession.PreserveBackward),
            new(Phase.Unpreserve, StepUnit.File, SessionOrder.Close, true, InsideSession.PreserveForward),
            new(Phase.Retrieve, StepUnit.File, SessionOrder.Named("mine"), false, InsideSession.Chosen),
            new(Phase.Finish, StepUnit.Session, SessionOrder.Create, true, InsideSession.Together)),
        Chosen,
        "file; interleaved; preserve forward",
        "file; interleaved; preserve backward",
        "file; close backward; preserve forward",
        "file; mine forward; chosen",
        "session; create backward; together");

    /// <summary>All of them.</summary>
    public static ModelText[] All { get; } =
        [Linux73, LinuxNext, ExplicitGraph, SessionFinish, GlobalFinish, Own];

    public KernelPair Kernels { get; }

    /// <summary>What moves as one: object, file, session, everything.</summary>
    public string StepOf(Phase phase) => _rules[(int)phase].Step;

    /// <summary>The order of sessions that a phase follows; null where they interleave.</summary>
    public string? OrderOf(Phase phase) =>
        _rules[(int)phase].Between is "interleaved" ? null : _rules[(int)phase].Between.Split(' ')[0];

    public bool IsBackward(Phase phase) =>
        _rules[(int)phase].Between.EndsWith("backward", StringComparison.Ordinal);

    /// <summary>chosen, together, preserve forward, preserve backward.</summary>
    public string InsideOf(Phase phase) => _rules[(int)phase].Inside;

    /// <summary>The orders of sessions that it names.</summary>
    public IEnumerable<string> Orders => Phases.All.ToArray().Select(OrderOf).OfType<string>().Distinct();

    public override string ToString() => Kernels.ModelName;
}
