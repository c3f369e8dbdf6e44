namespace GraphOrder.Reports;

/// <summary>How a kind looks, so that no kind is told by its colour.</summary>
/// <param name="Shape">Its shape in Graphviz.</param>
/// <param name="Open">What begins its label in Mermaid.</param>
/// <param name="Close">What ends it.</param>
internal sealed record NodeLook(string Shape, string Open, string Close);
