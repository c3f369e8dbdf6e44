using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>What a walk found, to be written. Immutable but for what walks again.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Layout">How the image holds memory.</param>
/// <param name="Root">Where the walk began.</param>
/// <param name="Summary">What was counted.</param>
/// <param name="Faults">The faults that are listed.</param>
/// <param name="ListRuns">Walks again and hands out the runs; null where nobody asked for them.</param>
internal sealed record WalkAnswer(
    WalkQuery Query, ImageLayout Layout, WalkRoot Root, WalkSummary Summary, List<PageTableFault> Faults,
    Action<Action<LeafRun>>? ListRuns)
{
    /// <summary>Whether the whole table was walked and has no error.</summary>
    public bool IsSound => Summary.Errors == 0 && Summary.SkippedTables == 0;
}
