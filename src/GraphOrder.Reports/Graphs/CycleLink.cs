namespace GraphOrder.Reports;

/// <summary>An arrow that a closed walk needs beside the dependencies, so that it is closed.</summary>
/// <param name="Tail">Where it begins.</param>
/// <param name="Head">Where it ends.</param>
/// <param name="Label">What it is.</param>
/// <param name="IsOrder">Whether it says what goes first; else it only joins two objects.</param>
internal sealed record CycleLink(DependencyEnd Tail, DependencyEnd Head, string Label, bool IsOrder);
