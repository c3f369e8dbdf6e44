using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.LiveUpdate;

/// <summary>What a memfd is like now, and what of it is not as it was.</summary>
internal sealed class MemoryObserver(ISystemCalls calls)
{
    private const int ChunkBytes = 1 << 20;
    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <summary>Looks at a memfd.</summary>
    /// <param name="id">Its id in the set.</param>
    /// <param name="descriptor">A descriptor of it.</param>
    /// <param name="isStable">Whether nobody writes to it any more, so that its content is digested.</param>
    /// <param name="memory">What it is like.</param>
    /// <param name="cancellation">Checked for each MiB that is digested.</param>
    public CallResult Look(
        string id, int descriptor, bool isStable, out MemoryRecord? memory, CancellationToken cancellation)
    {
        memory = null;
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

        memory = new MemoryRecord(id, file.Bytes, (Seals)checked((byte)seals.Value), position.Value)
        {
            Inode = string.Create(CultureInfo.InvariantCulture, $"{file.Device}:{file.Inode}"),
            Data = Ranges(descriptor, file.Bytes),
        };
        if (!isStable)
        {
            return CallResult.Done();
        }

        CallResult read = TryDigest(descriptor, file.Bytes, out string digest, cancellation);
        memory = memory with { Digest = digest };
        return read;
    }

    /// <summary>
    /// What differs in a retrieved memfd, as sentences without a subject: nothing where it came back as it
    /// should. Data may lie where holes were, since preserving fills them.
    /// </summary>
    public ImmutableArray<string> Compare(MemoryRecord before, int descriptor, CancellationToken cancellation)
    {
        CallResult looked = Look(
            before.ObjectName, descriptor, before.Digest is not null, out MemoryRecord? now, cancellation);
        if (!looked.IsDone)
        {
            return [$"cannot be looked at: {looked.Error.Name()}"];
        }

        List<string> differs = [];
        Tell(differs, "size", before.Bytes, now!.Bytes);
        Seals expected = (before.Seals & Seals.Exec) == 0
            ? before.Seals
            : before.Seals | Seals.Shrink | Seals.Grow | Seals.Write | Seals.FutureWrite;
        if (now.Seals != expected)
        {
            differs.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"seals 0x{(int)expected:x} expected, 0x{(int)now.Seals:x} found"));
        }

        if (now.Digest != before.Digest)
        {
            differs.Add($"content: sha256 {before.Digest} expected, {now.Digest} found");
        }

        if (FirstMissing(before.Data, now.Data) is { } missing)
        {
            differs.Add(string.Create(
                CultureInfo.InvariantCulture, $"a hole at 0x{missing:x} where data was"));
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
    private static long? FirstMissing(ImmutableArray<DataRange> before, ImmutableArray<DataRange> now)
    {
        if (before.IsDefault || now.IsDefault)
        {
            return null;
        }

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

    private ImmutableArray<DataRange> Ranges(int descriptor, long bytes)
    {
        ImmutableArray<DataRange>.Builder ranges = ImmutableArray.CreateBuilder<DataRange>();
        long position = calls.Position(descriptor).Value;
        long next = 0;
        while (next < bytes)
        {
            CallResult data = calls.SeekExtent(descriptor, next, toHole: false);
            CallResult hole = data.IsDone ? calls.SeekExtent(descriptor, data.Value, toHole: true) : data;
            if (!hole.IsDone || ranges.Count == MemoryRecord.RangesMax)
            {
                break;
            }

            ranges.Add(new DataRange(data.Value, hole.Value - data.Value));
            next = hole.Value;
        }

        // The position travels with the file, so looking must not move it.
        _ = calls.Seek(descriptor, position);
        return ranges.Count == MemoryRecord.RangesMax ? default : ranges.ToImmutable();
    }

    private CallResult TryDigest(
        int descriptor, long bytes, out string digest, CancellationToken cancellation)
    {
        Sha256 hash = new();
        Span<byte> value = stackalloc byte[Digest.ByteCount];
        digest = "";
        long offset = 0;
        while (offset < bytes)
        {
            cancellation.ThrowIfCancellationRequested();
            CallResult read = calls.ReadAt(descriptor, _chunk, offset);
            if (!read.IsDone || read.Value == 0)
            {
                return read.IsDone ? CallResult.Failed(Errno.InputOutput) : read;
            }

            hash.Append(_chunk.AsSpan(0, (int)read.Value));
            offset += read.Value;
        }

        hash.Finish(value);
        digest = Convert.ToHexStringLower(value);
        return CallResult.Done();
    }
}
