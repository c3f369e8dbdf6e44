namespace GraphOrder.Reports;

/// <summary>One bar of a row.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Span">From when to when.</param>
/// <param name="Kind">The class of its colour.</param>
/// <param name="Label">What stands in or beside it; empty for nothing.</param>
/// <param name="Title">What is told where somebody points at it.</param>
/// <param name="IsMany">Whether it reaches over the steps of several objects.</param>
/// <param name="IsOnChain">Whether it is on the longest path.</param>
/// <param name="IsDone">Whether the kernel has it already.</param>
internal readonly record struct RowBar(
    Phase Phase,
    StepSpan Span,
    string Kind,
    string Label,
    string Title,
    bool IsMany = false,
    bool IsOnChain = false,
    bool IsDone = false);
