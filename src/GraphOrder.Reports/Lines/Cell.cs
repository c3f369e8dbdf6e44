namespace GraphOrder.Reports;

/// <summary>A piece of a line and the column at which it wants to begin, from 0 up. Immutable.</summary>
/// <param name="Column">The column.</param>
/// <param name="Text">The text; empty is left out.</param>
public readonly record struct Cell(int Column, string Text);
