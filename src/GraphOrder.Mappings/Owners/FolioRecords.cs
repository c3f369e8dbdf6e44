using System.Buffers.Binary;

namespace GraphOrder.Mappings;

/// <summary>
/// The kernel's preserved record of a memfd as extents: 16 bytes a folio, the lower 52 bits of the first word
/// its page frame and the second one its first page index; records stand by index without gaps, and a folio
/// ends where the next one begins (include/linux/kho/abi/memfd.h of 7.3). Records that go on are one extent.
/// </summary>
internal static class FolioRecords
{
    private const int RecordBytes = 16;
    private const int PageLg2 = 12;
    private const ulong FrameMask = (1UL << 52) - 1;
    private const ulong FrameMax = 1UL << (64 - PageLg2);
    private const int BufferRecords = 4096;

    /// <summary>Reads all records: O(records) time, O(extents) space.</summary>
    /// <param name="path">The file.</param>
    /// <param name="memfd">Whose they are.</param>
    /// <param name="bytes">The size of the memfd: where the last folio ends.</param>
    /// <param name="extents">Takes the extents.</param>
    /// <param name="cancellation">Looked at for each buffer.</param>
    /// <returns>What is wrong with the records, in a few words; null where nothing is.</returns>
    public static string? Read(
        string path, ObjectId memfd, long bytes, List<OwnedExtent> extents, CancellationToken cancellation)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        byte[] buffer = new byte[BufferRecords * RecordBytes];
        ulong pageCount = ((ulong)bytes + (1 << PageLg2) - 1) >> PageLg2;
        Folio? pending = null;
        Folio? run = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (read % RecordBytes != 0)
            {
                return "its folio records end inside a record";
            }

            for (int at = 0; at < read; at += RecordBytes)
            {
                Folio next = new(
                    BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(at)) & FrameMask,
                    BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(at + 8)));
                ulong expectedMin = pending is { } before ? before.Index + 1 : 0;
                bool isFirst = pending is null;
                if (next.Index < expectedMin || (isFirst && next.Index != 0)
                    || next.Index >= pageCount || next.Frame >= FrameMax)
                {
                    return "its folio records are not in the order of its pages";
                }

                if (run is { } first && !first.GoesOnTo(next))
                {
                    extents.Add(Extent(first, next.Index, memfd));
                    run = next;
                }

                run ??= next;
                pending = next;
            }

            if (read < buffer.Length)
            {
                break;
            }
        }

        if (run is { } last)
        {
            extents.Add(Extent(last, pageCount, memfd));
        }

        return null;
    }

    private static OwnedExtent Extent(Folio first, ulong endIndex, ObjectId memfd)
    {
        ulong physical = first.Frame << PageLg2;
        ulong rest = ((endIndex - first.Index) << PageLg2) - 1;
        ulong last = physical + Math.Min(rest, ulong.MaxValue - physical);
        return new OwnedExtent(physical, last, memfd, first.Index << PageLg2);
    }

    private readonly record struct Folio(ulong Frame, ulong Index)
    {
        public bool GoesOnTo(Folio later) =>
            later.Frame >= Frame && later.Frame - Frame == later.Index - Index;
    }
}
