namespace GraphOrder.Tests.Documents;

/// <summary>A document that must be refused, and how.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Code">The code of the one problem.</param>
/// <param name="Marked">The document, with a mark at the place that the message names.</param>
/// <param name="IsSeenBySchema">Whether the JSON Schema sees it too; one that is no JSON is never shown to
/// it.</param>
public sealed record MalformedCase(
    string Name, DiagnosticCode Code, string Marked, bool IsSeenBySchema = false)
{
    public override string ToString() => Name;
}
