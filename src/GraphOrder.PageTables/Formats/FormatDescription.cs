namespace GraphOrder.PageTables;

/// <summary>What a person is told of a format. Immutable.</summary>
/// <param name="Name">The name on the command line: <c>amd-v1</c>.</param>
/// <param name="Granule">The granule, where the name leaves it open: <c>4K</c>; else empty.</param>
/// <param name="Title">A few words for help.</param>
/// <param name="Specification">The document and section that the format was written from.</param>
/// <param name="IsExperimental">Whether no table of a real kernel is among the fixtures yet.</param>
public sealed record FormatDescription(
    string Name, string Granule, string Title, string Specification, bool IsExperimental)
{
    /// <summary>The line for help; says so where the format is experimental.</summary>
    public string Help => IsExperimental ? $"{Title} (experimental)" : Title;
}
