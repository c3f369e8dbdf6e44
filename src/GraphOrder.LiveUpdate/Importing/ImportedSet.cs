using System.Buffers;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// A set in the making: what every importer fills. It becomes a document, which is read back, so that no
/// importer hands out what <c>plan</c> would not take. Not thread-safe.
/// </summary>
internal sealed class ImportedSet(string source)
{
    private readonly List<Diagnostic> _remarks = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>What it was made from: the importer's name.</summary>
    public string Source { get; } = source;

    public List<ImportedSession> Sessions { get; } = [];

    public List<ImportedObject> Objects { get; } = [];

    public List<ImportedDependency> Dependencies { get; } = [];

    /// <summary>What could not be seen, one sentence without a period each.</summary>
    public List<string> NotSeen { get; } = [];

    /// <summary>Members of the importer's own; each name begins with <c>x-</c>.</summary>
    public List<DiagnosticFact> Extras { get; } = [];

    /// <summary>The kernel, where it is one that is known by this name.</summary>
    public string? Kernel { get; set; }

    /// <summary>Memory that is free now.</summary>
    public long? FreeBytes { get; set; }

    public List<PhysicalRange>? Preserved { get; set; }

    public List<PhysicalRange>? Scratch { get; set; }

    /// <summary>What an empty set is told with; null for nothing.</summary>
    public (string What, string Hint)? Empty { get; set; }

    /// <summary>An id that was not given out before: the one asked for, or with a number behind it.</summary>
    public string FreeId(string id)
    {
        string free = id;
        while (!_ids.TryAdd(free, 1))
        {
            _ids[id]++;
            free = $"{id}-{_ids[id]}";
        }

        return free;
    }

    /// <summary>Adds what is worth knowing.</summary>
    public void Remark(Diagnostic diagnostic) => _remarks.Add(diagnostic);

    /// <summary>Runs an importer to its result.</summary>
    /// <param name="import">Makes the set.</param>
    /// <param name="cancellation">Cancels reading it back.</param>
    public static ImportResult Make(Func<ImportedSet> import, CancellationToken cancellation)
    {
        try
        {
            return import().ToResult(cancellation);
        }
        catch (ImportException error)
        {
            return new(error.SourceName, [error.Diagnostic]);
        }
        catch (MalformedDocumentException error)
        {
            // What the format cannot hold: an id or a token twice, a name that is too long.
            return new(null, [.. error.Diagnostics.Select(found => found with { Location = default })]);
        }
    }

    private ImportResult ToResult(CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> bytes = new();
        ImportedSetWriter.Write(bytes, this);
        using MemoryStream stream = new(bytes.WrittenSpan.ToArray(), writable: false);
        SessionSet set = SessionSet.Read(stream, Source, cancellation);
        if (Objects.Count == 0 && Empty is { } empty)
        {
            _remarks.Add(new(DiagnosticCode.ImportFoundNothing, DiagnosticSeverity.Info)
            {
                Facts = [new("what", empty.What), new("hint", empty.Hint)],
            });
        }

        if (NotSeen.Count > 0)
        {
            DiagnosticFact first = new("first", NotSeen[0]);
            _remarks.Add(new(DiagnosticCode.ImportNotSeen, DiagnosticSeverity.Warning)
            {
                Facts = NotSeen.Count == 1 ? [first] : [first, new("more", NotSeen.Count - 1)],
            });
        }

        return new(bytes.WrittenMemory, set, [.. _remarks]);
    }
}
