namespace GraphOrder.Cli;

/// <summary>What orders of a graph took.</summary>
/// <param name="Name">Which benchmark it is, as the command line has it.</param>
/// <param name="Input">What was ordered.</param>
/// <param name="Rows">What was timed.</param>
/// <param name="Method">What each row is, and what was left out; for a person.</param>
internal sealed record GraphBenchmarkResult(
    string Name, GraphBenchmarkInput Input, List<MeasuredGraph> Rows, (string Label, string Text)[] Method);
