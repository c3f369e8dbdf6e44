using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The live graph of an engine, one change at a time, with a number for each version of it. Thread-safe.
/// </summary>
internal sealed class GrowingGraph(KernelPair kernels, int keptBytesMax)
{
    private readonly Lock _lock = new();
    private readonly LiveDependencyGraph _live = new(kernels);
    private readonly KeptAnswers _kept = new(keptBytesMax);
    private long _version;

    /// <summary>Called for each change, in order, while no other can enter.</summary>
    public Action<ReadOnlyMemory<byte>>? Changed { get; set; }

    /// <summary>How many changes it has taken.</summary>
    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    /// <summary>The graph at this moment, and its version.</summary>
    public (FrozenGraph Graph, long Version) Freeze()
    {
        lock (_lock)
        {
            return (_live.Freeze(), _version);
        }
    }

    /// <summary>What was answered to the same words about this version; null for nothing yet.</summary>
    public KeptAnswer? FindKept(in AskedWords words)
    {
        lock (_lock)
        {
            return _kept.Find(words);
        }
    }

    /// <summary>Keeps an answer about a version, where that is still the present one.</summary>
    public void Keep(in AskedWords words, long version, RequestStatus status, ReadOnlySpan<byte> document)
    {
        lock (_lock)
        {
            if (version == _version)
            {
                _kept.Add(words, status, document);
            }
        }
    }

    /// <summary>Makes a change, writes what became of it, and tells whoever watches.</summary>
    /// <param name="declare">Says what the change is; what it throws leaves the graph as it was.</param>
    /// <param name="document">Where the change is written (<see cref="ChangeWriter"/>).</param>
    public ChangeResult Change(Action<LiveDependencyGraph, Change> declare, AnswerStream document)
    {
        lock (_lock)
        {
            using Change change = _live.BeginChange();
            declare(_live, change);
            ChangeContents contents = change.Contents();
            ChangeResult result = change.TryCommit();
            if (!result.IsCommitted)
            {
                ChangeWriter.Write(document, _version, contents, result.Diagnostics);
                return result;
            }

            if (!contents.IsEmpty)
            {
                _version++;
                _kept.Clear();
            }

            ChangeWriter.Write(document, _version, contents, []);
            if (!contents.IsEmpty)
            {
                Changed?.Invoke(document.Written.ToArray());
            }

            return result;
        }
    }

    /// <summary>Writes the version as a change of nothing.</summary>
    public void WriteVersion(AnswerStream document) =>
        ChangeWriter.Write(document, Version, ChangeContents.None, ImmutableArray<Diagnostic>.Empty);
}
