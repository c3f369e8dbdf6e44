using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads parts of a hand-over, each with its name, so that a missing one can be told. Not thread-safe.
/// </summary>
internal sealed class HandOverMemory(PhysicalImage image)
{
    /// <summary>Bytes of a page of the hand-over.</summary>
    public const int PageBytes = 4096;

    private const int WordBytes = sizeof(ulong);
    private const int Words = PageBytes / WordBytes;

    private readonly ulong[] _words = new ulong[Words];
    private FileMemory _memory = image.Memory;

    /// <summary>Reads bytes of any address and length.</summary>
    public bool TryRead(ulong physical, Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[WordBytes];
        while (bytes.Length > 0)
        {
            ulong first = physical & ~(ulong)(WordBytes - 1);
            int skipped = (int)(physical - first);
            int count = Math.Min(Words, (skipped + bytes.Length + WordBytes - 1) / WordBytes);
            if (!_memory.TryRead(first, _words.AsSpan(0, count), out ReadOnlySpan<ulong> read))
            {
                return false;
            }

            int taken = 0;
            for (int i = 0; i < count && taken < bytes.Length; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(word, read[i]);
                int from = i == 0 ? skipped : 0;
                int piece = Math.Min(WordBytes - from, bytes.Length - taken);
                word.Slice(from, piece).CopyTo(bytes[taken..]);
                taken += piece;
            }

            bytes = bytes[taken..];
            if (bytes.Length > 0 && physical > ulong.MaxValue - (ulong)taken)
            {
                return false;
            }

            physical = bytes.Length > 0 ? physical + (ulong)taken : physical;
        }

        return true;
    }

    /// <summary>Reads bytes of a part.</summary>
    /// <exception cref="ImportException">They are not in the image.</exception>
    public void Read(ulong physical, Span<byte> bytes, string what)
    {
        if (!TryRead(physical, bytes))
        {
            throw ImportException.Part(DiagnosticCode.HandOverOutsideImage, what, physical);
        }
    }

    /// <summary>Reads a part that has a page of its own.</summary>
    /// <exception cref="ImportException">The address is not one of a page, or the page is not
    /// there.</exception>
    public void ReadPage(ulong physical, Span<byte> page, string what)
    {
        DemandPage(physical, what);
        Read(physical, page[..PageBytes], what);
    }

    /// <summary>Demands an address that a page can have.</summary>
    /// <exception cref="ImportException">It is none.</exception>
    public static void DemandPage(ulong physical, string what)
    {
        const int addressBits = 52;
        if (physical == 0 || physical % PageBytes != 0 || physical >> addressBits != 0)
        {
            throw ImportException.Contradicts(what, physical, "no page can have this address");
        }
    }

    /// <summary>The word at an offset.</summary>
    public static ulong Word(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    /// <summary>The 32 bits at an offset.</summary>
    public static uint HalfWord(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
