namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set of a directed graph in the language of Graphviz: what <c>plan --format dot</c> wrote,
/// or one that somebody wrote by hand. An edge leads from what needs to what is needed. Thread-safe.
/// </summary>
public static class DotImport
{
    /// <summary>Reads a graph.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportResult Read(ImportSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ImportedSet.Make(() => GraphSet.Of("dot", new DotReader(source).Read()), cancellation);
    }
}
