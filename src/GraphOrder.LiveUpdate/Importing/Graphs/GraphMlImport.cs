namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set of a directed graph in GraphML: what <c>plan --format graphml</c> wrote, or what
/// networkx, yEd, Gephi and QuikGraph write. An edge leads from what needs to what is needed. Thread-safe.
/// </summary>
public static class GraphMlImport
{
    /// <summary>Reads a graph. No DTD is read, and nothing that the file names is opened.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportResult Read(ImportSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ImportedSet.Make(
            () => GraphSet.Of("graphml", new GraphMlReader(source).Read(cancellation)), cancellation);
    }
}
