using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What somebody has to remember, beside the kernel's own lists, to know whether a finish may go ahead.
/// The counts are the set's, the layout is stated: of the push gate it is that of <see cref="SessionGate"/>,
/// whose allocation a test measures; what no kernel and no part of this library keeps cannot be measured.
/// Immutable.
/// </summary>
/// <param name="Parts">What is remembered.</param>
public sealed record Bookkeeping(ImmutableArray<BookkeepingPart> Parts)
{
    /// <summary>All parts together, in bytes.</summary>
    public long ByteCount
    {
        get
        {
            long bytes = 0;
            foreach (BookkeepingPart part in Parts)
            {
                bytes += part.Count * part.BytesEach;
            }

            return bytes;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Bookkeeping? other) =>
        other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Parts.Length, ByteCount);
}

/// <summary>One part of what is remembered. Immutable.</summary>
/// <param name="What">What an entry is, in the plural.</param>
/// <param name="Count">How many entries this set needs.</param>
/// <param name="BytesEach">Bytes of one entry; numbers of objects, files and sessions take four.</param>
public readonly record struct BookkeepingPart(BookkeepingKind What, long Count, int BytesEach);

/// <summary>What an entry of the bookkeeping is.</summary>
public enum BookkeepingKind : byte
{
    /// <summary>The place of a session in the order of finishes: one number.</summary>
    SessionPlaces,

    /// <summary>What of a session is not done yet: one counter.</summary>
    SessionCounters,

    /// <summary>A dependency that binds in finish: the numbers of its two ends.</summary>
    Dependencies,

    /// <summary>How many dependents of an object are not finished yet: one counter.</summary>
    ObjectCounters,

    /// <summary>What of everything is not done yet: one counter.</summary>
    GlobalCounter,

    /// <summary>A file that may be pushed: the number of the session it is in.</summary>
    PushedFiles,

    /// <summary>An HWPT that may be admitted: the number of its session, and whether it is done.</summary>
    AdmittedHwpts,
}
