using System.Buffers.Binary;
using GraphOrder.LiveUpdate;
using GraphOrder.LiveUpdate.Tests;
using GraphOrder.PageTables;

namespace GraphOrder.Fuzz;

/// <summary>
/// What the old kernel left in memory. An input is the address of the device tree and the pieces of pages
/// that are not zero: address, length below 256, bytes. So an input is some hundred bytes, not some dozen
/// pages.
/// </summary>
internal sealed class HandOverTarget() : FuzzTarget("hand-over", 1 << 12)
{
    private const int PagesMax = 64;
    private const int PageBytes = 4096;
    private const int HeadBytes = 8;
    private const int PieceBytes = 9;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        yield return Packed(new MadeHandOver().Finish());
        MadeHandOver one = new();
        one.AddSession("vm");
        one.AddFile(1, 8192, [0, 0]);
        yield return Packed(one.Finish());
        MadeHandOver two = new();
        two.AddSession("vm-1");
        two.AddFile(7, 5000, [1]);
        two.AddFile(8, 1 << 21, [9], tableOrder: 1);
        two.AddSession("vm-2");
        two.AddFile(7, 0, []);
        yield return Packed(two.Finish());
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeadBytes)
        {
            return;
        }

        string path = ScratchFile.Of(Unpacked(input));
        bool isOpen = PhysicalImage.TryOpen(
            path, ImageOptions.Default, out PhysicalImage? image, out ImageFlaw flaw);
        Demand(isOpen, $"a sound list of pages is not opened: {flaw}");
        using (image)
        {
            ImportTarget.Judge(HandOverImport.Read(image!));
        }
    }

    private static byte[] Unpacked(ReadOnlySpan<byte> input)
    {
        SortedDictionary<ulong, byte[]> pages = [];
        for (ReadOnlySpan<byte> rest = input[HeadBytes..]; rest.Length > PieceBytes;)
        {
            ulong physical = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            int offset = (int)(physical % PageBytes);
            int length = Math.Min(Math.Min(rest[8], rest.Length - PieceBytes), PageBytes - offset);
            if (!pages.TryGetValue(physical - (ulong)offset, out byte[]? page) && pages.Count < PagesMax)
            {
                page = new byte[PageBytes];
                pages.Add(physical - (ulong)offset, page);
            }

            if (page is not null)
            {
                rest.Slice(PieceBytes, length).CopyTo(page.AsSpan(offset));
            }

            rest = rest[(PieceBytes + length)..];
        }

        using MemoryStream list = new();
        list.Write("KHOPAGES"u8);
        list.Write(BitConverter.GetBytes((ulong)pages.Count));
        list.Write(input[..HeadBytes]);
        foreach ((ulong physical, byte[] page) in pages)
        {
            list.Write(BitConverter.GetBytes(physical));
            list.Write(page);
        }

        return list.ToArray();
    }

    private static bool IsFull(byte[] page, int at) =>
        page.AsSpan(at, Math.Min(16, PageBytes - at)).ContainsAnyExcept((byte)0);

    private static byte[] Packed(MadeHandOver made)
    {
        List<byte> input = [.. BitConverter.GetBytes(made.Tree)];
        foreach ((ulong physical, byte[] page) in made.Pages)
        {
            for (int at = 0; at < PageBytes;)
            {
                int first = page.AsSpan(at).IndexOfAnyExcept((byte)0);
                if (first < 0)
                {
                    break;
                }

                // Words stay whole, and zeros between two of them are kept.
                at = (at + first) & ~7;
                int length = 8;
                while (at + length < PageBytes && length < 248 && IsFull(page, at + length))
                {
                    length += 8;
                }

                input.AddRange(BitConverter.GetBytes(physical + (ulong)at));
                input.Add((byte)length);
                input.AddRange(page.AsSpan(at, length).ToArray());
                at += length;
            }
        }

        return [.. input];
    }
}
