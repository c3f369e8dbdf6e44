namespace GraphOrder.Reports;

/// <summary>Rows of one session, or of sessions that are alike.</summary>
/// <param name="Label">The name of its first session, or how many there are.</param>
/// <param name="Detail">How many more are like it.</param>
/// <param name="Title">All that is known of it.</param>
/// <param name="Sessions">The sessions, the one that is drawn first; empty for everything at once.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="IsRest">Whether it holds whatever had no room.</param>
internal sealed record TimelineGroup(
    string Label,
    string Detail,
    string Title,
    IReadOnlyList<SessionId> Sessions,
    IReadOnlyList<TimelineRow> Rows,
    bool IsRest = false);
