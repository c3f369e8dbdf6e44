using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// What a kernel hands over, found in this machine's memory by what it looks like (include/linux/kho/abi). A
/// copy that the search left behind is changed too, which nobody reads.
/// </summary>
internal static class HandOverMemory
{
    private const int PageBytes = PhysicalMemory.PageBytes;
    private const int SizeOffset = 8;
    private const int SealsOffset = 16;
    private const int CountOffset = 24;
    private const int TableOffset = 32;
    private const int TableWordOffset = 40;
    private const int TableFlagsShift = 32;
    private const int NameBytes = 64;
    private const int SessionBytes = 80;
    private const int FileBytes = 64;
    private const int BlockHeaderBytes = 16;
    private const ulong FrameMask = (1UL << 52) - 1;

    private static ReadOnlySpan<byte> TreeMagic => [0xd0, 0x0d, 0xfe, 0xed];

    /// <summary>Whether it is damage to what is there once, and not in a file's record.</summary>
    public static bool IsThereOnce(HandoverDamage damage) => damage
        is HandoverDamage.UpdateNumber or HandoverDamage.ListVersion or HandoverDamage.HandoverVersion;

    /// <summary>Damages what is there once: the tree, or the root of the sessions.</summary>
    public static void DamageRoot(PhysicalMemory memory, HandoverDamage damage)
    {
        if (damage == HandoverDamage.HandoverVersion)
        {
            foreach (long tree in memory.Find(
                "the device tree", static page => page.StartsWith(TreeMagic) && page.IndexOf("kho-v4"u8) > 0))
            {
                // The digit is the sixth byte of the word that begins with "kho".
                long version = tree + memory.Page(tree).AsSpan().IndexOf("kho-v4"u8);
                memory.Write(version, (memory.Word(version) & ~(0xFFUL << 40)) | ((ulong)'9' << 40));
            }

            return;
        }

        foreach (long root in memory.Find("the root of LUO", static page => page.StartsWith("luo-v5\0\0"u8)))
        {
            if (damage == HandoverDamage.UpdateNumber)
            {
                const int more = 40;
                memory.Write(root + sizeof(ulong), memory.Word(root + sizeof(ulong)) + more);
            }
            else
            {
                memory.Write(root, BinaryPrimitives.ReadUInt64LittleEndian("luo-v9\0\0"u8));
            }
        }
    }

    /// <summary>Damages the record of the memfd that has so many bytes and was preserved.</summary>
    public static void DamageRecord(PhysicalMemory memory, HandoverDamage damage, long bytes)
    {
        foreach (long record in memory.Find("the record", page => IsRecord(page, bytes)))
        {
            (long place, Func<ulong, ulong> change) = ChangeOf(memory, damage, record);
            memory.Write(place, change(memory.Word(place)));
        }
    }

    /// <summary>The sessions of the first block that has one whose name begins so, in its order.</summary>
    public static List<string> Frozen(PhysicalMemory memory, string prefix)
    {
        byte[] start = Encoding.ASCII.GetBytes(prefix);
        long block = memory.Find("a block of sessions", page => IsBlock(page, start))[0];
        byte[] page = memory.Page(block);
        List<string> sessions = [];
        for (int i = 0; i < (int)CountOf(page); i++)
        {
            ReadOnlySpan<byte> session = page.AsSpan(BlockHeaderBytes + (i * SessionBytes), SessionBytes);
            ReadOnlySpan<byte> name = session[..session.IndexOf((byte)0)];
            byte[] files = memory.Page(BinaryPrimitives.ReadInt64LittleEndian(session[NameBytes..]));
            List<string> tokens = [];
            for (int j = 0; j < (int)CountOf(files); j++)
            {
                const int tokenOffset = 56;
                ulong token = Word(files, BlockHeaderBytes + (j * FileBytes) + tokenOffset);
                tokens.Add(token.ToString(CultureInfo.InvariantCulture));
            }

            sessions.Add($"{Encoding.UTF8.GetString(name)}:{string.Join(',', tokens)}");
        }

        return sessions;
    }

    private static (long Place, Func<ulong, ulong> Change) ChangeOf(
        PhysicalMemory memory, HandoverDamage damage, long record) => damage switch
        {
            HandoverDamage.UnknownSeals => (record + SealsOffset, static word => word | 0x40),
            HandoverDamage.UnknownFlag => (record + SealsOffset, static word => word | (1UL << 32)),
            HandoverDamage.NoTable => (record + TableOffset, static _ => 0UL),
            HandoverDamage.WrongTableLength => (record + TableWordOffset, static word => word + 1),
            HandoverDamage.UnknownTableFlag =>
                (record + TableWordOffset, static word => word | (8UL << TableFlagsShift)),
            HandoverDamage.FewerPages => (record + CountOffset, static word => word - 1),
            HandoverDamage.LongerSize => (record + SizeOffset, static word => word + PageBytes),
            HandoverDamage.MissingPage => (FirstFolio(memory, record), static word => word & ~FrameMask),
            HandoverDamage.UnpreservedPage =>
                (FirstFolio(memory, record), static word => (word & ~FrameMask) | UnpreservedFrame()),
            _ => throw new ArgumentOutOfRangeException(nameof(damage)),
        };

    // Of the table of pages its first entry: the record leads to a list of the pages that the table has.
    private static long FirstFolio(PhysicalMemory memory, long record) =>
        (long)memory.Word((long)memory.Word(record + TableOffset) + sizeof(ulong));

    // Where the RAM above the first mebibyte begins, which no memfd has.
    private static ulong UnpreservedFrame() =>
        (ulong)PhysicalMemory.Ranges().First(static range => range.First >= 1 << 20).First / PageBytes;

    private static bool IsRecord(ReadOnlySpan<byte> page, long bytes)
    {
        ulong pages = ((ulong)bytes + PageBytes - 1) / PageBytes;
        ulong table = Word(page, TableOffset);
        return Word(page, SizeOffset) == (ulong)bytes && Word(page, CountOffset) == pages
            && table != 0 && table % PageBytes == 0 && (Word(page, TableWordOffset) & uint.MaxValue) == 1;
    }

    private static bool IsBlock(ReadOnlySpan<byte> page, ReadOnlySpan<byte> start)
    {
        const int sessionsMax = 51;
        return Word(page, 0) == 0 && CountOf(page) is > 0 and <= sessionsMax
            && page[BlockHeaderBytes..].StartsWith(start);
    }

    private static ulong CountOf(ReadOnlySpan<byte> block) => Word(block, sizeof(ulong));

    private static ulong Word(ReadOnlySpan<byte> page, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(page[offset..]);
}
