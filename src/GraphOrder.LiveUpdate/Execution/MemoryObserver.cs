using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What a memfd is like now, and what of it is not as it was. It keeps its memory: looking allocates nothing
/// but room for more ranges than it has seen so far. Not thread-safe.
/// </summary>
internal sealed class MemoryObserver(ISystemCalls calls)
{
    private const int ChunkBytes = 1 << 20;
    private const int FirstRanges = 1 << 10;

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly byte[] _digest = new byte[GraphOrder.Digest.ByteCount];
    private readonly Sha256 _hash = new();
    private DataRange[] _ranges = new DataRange[FirstRanges];
    private int _rangeCount;
    private bool _isDigested;

    /// <summary>What fstat told.</summary>
    public FileStatus File { get; private set; }

    /// <summary>Its seals.</summary>
    public Seals Seals { get; private set; }

    /// <summary>The position of the open file.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// Whether <see cref="Data"/> has all ranges: not where there are <see cref="MemoryRecord.RangesMax"/>.
    /// </summary>
    public bool HasData => _rangeCount < MemoryRecord.RangesMax;

    /// <summary>What of it is no hole, in file order.</summary>
    public ReadOnlySpan<DataRange> Data => _ranges.AsSpan(0, _rangeCount);

    /// <summary>SHA-256 of its content; empty where it was not digested.</summary>
    public ReadOnlySpan<byte> Digest => _isDigested ? _digest : [];

    /// <summary>Looks at a memfd.</summary>
    /// <param name="descriptor">A descriptor of it.</param>
    /// <param name="isStable">Whether nobody writes to it any more, so that its content is digested.</param>
    /// <param name="cancellation">Checked for each MiB that is digested.</param>
    public CallResult Look(int descriptor, bool isStable, CancellationToken cancellation)
    {
        CallResult status = calls.Status(descriptor, out FileStatus file);
        CallResult seals = calls.GetSeals(descriptor);
        CallResult position = calls.Position(descriptor);
        foreach (CallResult result in (ReadOnlySpan<CallResult>)[status, seals, position])
        {
            if (!result.IsDone)
            {
                return result;
            }
        }

        File = file;
        Seals = (Seals)checked((byte)seals.Value);
        Position = position.Value;
        _isDigested = false;
        FindRanges(descriptor, file.Bytes);
        return isStable ? TryDigest(descriptor, file.Bytes, cancellation) : CallResult.Done();
    }

    /// <summary>
    /// What differs in a retrieved memfd, as sentences without a subject: nothing where it came back as it
    /// should. Data may lie where holes were, since preserving fills them.
    /// </summary>
    public ImmutableArray<string> Compare(MemoryRecord before, int descriptor, CancellationToken cancellation)
    {
        CallResult looked = Look(descriptor, before.Digest is not null, cancellation);
        if (!looked.IsDone)
        {
            return [$"cannot be looked at: {looked.Error.Name()}"];
        }

        Seals expected = (before.Seals & Seals.Exec) == 0
            ? before.Seals
            : before.Seals | Seals.Shrink | Seals.Grow | Seals.Write | Seals.FutureWrite;
        Span<char> digest = stackalloc char[2 * GraphOrder.Digest.ByteCount];
        _ = Convert.TryToHexStringLower(Digest, digest, out int digits);
        bool isSame = digest[..digits].SequenceEqual(before.Digest ?? "");
        long? missing = FirstMissing(before.Data);
        if (before.Bytes == File.Bytes && expected == Seals && isSame && missing is null)
        {
            return [];
        }

        List<string> differs = [];
        Tell(differs, "size", before.Bytes, File.Bytes);
        if (expected != Seals)
        {
            differs.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"seals 0x{(int)expected:x} expected, 0x{(int)Seals:x} found"));
        }

        if (!isSame)
        {
            differs.Add($"content: sha256 {before.Digest} expected, {digest[..digits]} found");
        }

        if (missing is { } hole)
        {
            differs.Add(string.Create(
                CultureInfo.InvariantCulture, $"a hole at 0x{hole:x} where data was"));
        }

        return [.. differs];
    }

    private static void Tell(List<string> differs, string what, long before, long now)
    {
        if (before != now)
        {
            differs.Add(string.Create(
                CultureInfo.InvariantCulture, $"{what} {before} expected, {now} found"));
        }
    }

    // Both lists are sorted and apart; what was data must lie in data.
    private long? FirstMissing(ImmutableArray<DataRange> before)
    {
        if (before.IsDefault || !HasData)
        {
            return null;
        }

        ReadOnlySpan<DataRange> now = Data;
        int next = 0;
        foreach (DataRange range in before)
        {
            while (next < now.Length && now[next].Offset + now[next].Bytes <= range.Offset)
            {
                next++;
            }

            if (next == now.Length || now[next].Offset > range.Offset)
            {
                return range.Offset;
            }

            if (now[next].Offset + now[next].Bytes < range.Offset + range.Bytes)
            {
                return now[next].Offset + now[next].Bytes;
            }
        }

        return null;
    }

    private void FindRanges(int descriptor, long bytes)
    {
        _rangeCount = 0;
        long next = 0;
        while (next < bytes)
        {
            CallResult data = calls.SeekExtent(descriptor, next, toHole: false);
            CallResult hole = data.IsDone ? calls.SeekExtent(descriptor, data.Value, toHole: true) : data;
            if (!hole.IsDone || _rangeCount == MemoryRecord.RangesMax)
            {
                break;
            }

            if (_rangeCount == _ranges.Length)
            {
                Array.Resize(ref _ranges, 2 * _ranges.Length);
            }

            _ranges[_rangeCount++] = new DataRange(data.Value, hole.Value - data.Value);
            next = hole.Value;
        }

        // The position travels with the file, so looking must not move it.
        _ = calls.Seek(descriptor, Position);
    }

    private CallResult TryDigest(int descriptor, long bytes, CancellationToken cancellation)
    {
        // What was begun and broken off before is not part of it.
        _hash.Finish(_digest);
        long offset = 0;
        while (offset < bytes)
        {
            cancellation.ThrowIfCancellationRequested();
            CallResult read = calls.ReadAt(descriptor, _chunk, offset);
            if (!read.IsDone || read.Value == 0)
            {
                return read.IsDone ? CallResult.Failed(Errno.InputOutput) : read;
            }

            _hash.Append(_chunk.AsSpan(0, (int)read.Value));
            offset += read.Value;
        }

        _hash.Finish(_digest);
        _isDigested = true;
        return CallResult.Done();
    }
}
