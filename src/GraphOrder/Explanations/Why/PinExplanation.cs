using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What keeps something from being finished, and what it keeps waiting. Names, not ids. Immutable.
/// </summary>
/// <param name="Name">What was asked about: an id, or <c>session:NAME</c>.</param>
/// <param name="Model">The lifecycle model, or <c>OLD:NEW</c>.</param>
/// <param name="Rule">How the model decides finish.</param>
public sealed record PinExplanation(string Name, string Model, PhaseRule Rule)
{
    /// <summary>What each of the six phases does, in phase order.</summary>
    public required ImmutableArray<CyclePhase> Rules { get; init; }

    /// <summary>
    /// What must finish before it, nearest first: sessions where finish takes these one after another, and
    /// then the files of its own session, or objects.
    /// </summary>
    public ImmutableArray<Pin> HeldBy { get; init; } = [];

    /// <summary>What must finish after it, nearest first.</summary>
    public ImmutableArray<Pin> Holds { get; init; } = [];

    /// <summary>How many more hold it than are listed.</summary>
    public int HeldByMoreCount { get; init; }

    /// <summary>How many more it holds than are listed.</summary>
    public int HoldsMoreCount { get; init; }

    /// <summary>The session that finishes as a whole with it; null where it has no such session.</summary>
    public string? FinishesWith { get; init; }

    /// <summary>Whether the kernel moves it by itself: then it is let go of, not finished.</summary>
    public bool IsKernelMoved { get; init; }

    /// <summary>Why the set has no plan, where it has none.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];
}
