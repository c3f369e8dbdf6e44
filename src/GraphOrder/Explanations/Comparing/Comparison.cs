using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>All lifecycle models side by side on one set. Immutable and thread-safe.</summary>
/// <param name="Graph">The set and its dependencies.</param>
/// <param name="Models">One row for each built-in model, then the push gate.</param>
public sealed record Comparison(DependencyGraph Graph, ImmutableArray<ModelComparison> Models)
{
    /// <summary>
    /// Which sessions have to be finished before which, by dependencies alone, sorted by both in document
    /// order. Models that finish objects make only objects wait; the one that finishes everything makes
    /// each session wait for all.
    /// </summary>
    public ImmutableArray<SessionWait> Waits { get; init; } = [];

    /// <summary>Whether <see cref="Waits"/> lists all; paths through kernel-moved objects may be too many.
    /// </summary>
    public bool AreWaitsWhole { get; init; } = true;

    /// <summary>
    /// Bytes of the kernel's own lists of sessions and files, in whole pages, which are handed over under
    /// every model (include/linux/kho/abi/block.h).
    /// </summary>
    public long ListByteCount { get; init; }

    /// <summary>How many memfds the set has.</summary>
    public int MemfdCount { get; init; }

    /// <summary>
    /// How many guest-memfds and huge-page memfds there are: nothing says what protects those once they are
    /// retrieved, so they have no windows.
    /// </summary>
    public int OtherMemoryCount { get; init; }

    /// <summary>How many iommu_domains there are: nobody walked their tables, which may map more.</summary>
    public int DomainCount { get; init; }

    /// <summary>How many models have a legal order.</summary>
    public int LegalCount => Models.Count(static row => row.IsLegal);

    /// <summary>How many models have a legal order and expose nothing.</summary>
    public int SafeCount => Models.Count(static row => row.IsSafe);
}
