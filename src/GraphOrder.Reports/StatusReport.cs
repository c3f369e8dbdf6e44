using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>What is said of an update beside what can still be done. Immutable.</summary>
/// <param name="Word">The verdict: <c>STOPPED</c>, <c>DONE</c>.</param>
/// <param name="Rest">The rest of the first line.</param>
public sealed record StatusReport(string Word, string Rest)
{
    /// <summary>Lines below it: a label and what is said.</summary>
    public ImmutableArray<(string Label, string Text)> Facts { get; init; } = [];

    /// <summary>What is against it, each with its way out.</summary>
    public ImmutableArray<Diagnostic> Against { get; init; } = [];

    /// <summary>The commands to go on with, each in words; empty where there is nothing to do.</summary>
    public ImmutableArray<ImmutableArray<string>> Next { get; init; } = [];

    /// <summary>Whether the verdict is good news.</summary>
    public bool IsGood { get; init; }
}
