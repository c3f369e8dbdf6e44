using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GraphOrder.PageTables;
using GraphOrder.PageTables.Tests;

namespace GraphOrder.Fuzz;

/// <summary>
/// Page tables of every format, walked twice: by the walker and by the naive walk, which must agree. An input
/// is a head of four bytes (format, level, which facts, their value) and the words that are not zero, eleven
/// bytes each: table, index, word. So a change of a byte is a change of a table.
/// </summary>
internal sealed class PageTableTarget() : FuzzTarget("page-tables", 1 << 11), IFormatVisitor<bool>
{
    private const int HeadBytes = 4;
    private const int RecordBytes = 11;
    private const int TableCount = 6;
    private const ulong Base = 1 << 20;

    private readonly byte[] _memory = new byte[TableCount << 16];
    private int _topLevel;
    private WalkFacts _facts = WalkFacts.Unknown;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => TableSeeds.All(Base, TableCount);

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        if (input.Length < HeadBytes)
        {
            return;
        }

        PageTableFormat format = PageTableFormats.All[input[0] % PageTableFormats.All.Length];
        int[] levels = [.. Enumerable.Range(0, 8).Where(format.Allows)];
        _topLevel = levels[input[1] % levels.Length];
        _facts = FactsOf(input[2], input[3]);
        Fill(input[HeadBytes..], format.Accept(new GranuleVisitor()));
        format.Accept(this);
    }

    /// <inheritdoc/>
    bool IFormatVisitor<bool>.Visit<TFormat>()
    {
        int length = TableCount << TFormat.GranuleLg2;
        CallerMemory memory = new(_memory.AsMemory(0, length), Base);
        WalkLimits limits = new() { FaultMax = int.MaxValue, TableMax = 64 };
        RecordingSink sink = new();
        RecordingSink naive = new();
        WalkSummary found = PageTableWalker.Walk<TFormat, CallerMemory, RecordingSink>(
            Base, _topLevel, memory, ref sink, _facts, limits, new(), CancellationToken.None);
        WalkSummary due = NaiveWalker.Walk<TFormat, CallerMemory, RecordingSink>(
            Base, _topLevel, memory, ref naive, _facts, limits, CancellationToken.None);
        WalkComparison.Demand(sink, found, naive, due);
        return true;
    }

    private static WalkFacts FactsOf(byte which, byte value) => WalkFacts.Unknown with
    {
        PhysicalBits = (which & 1) != 0 ? 32 + (value % 21) : null,
        InputBits = (which & 2) != 0 ? 30 + (value % 28) : null,
        EncryptionBit = (which & 4) != 0 ? 12 + (value % 40) : null,
        RootTables = (which & 8) != 0 ? 1 + (value % 16) : null,
        UpdatesAccess = (which & 16) != 0 ? (value & 1) != 0 : null,
        UpdatesDirty = (which & 32) != 0 ? (value & 2) != 0 : null,
        HasSnoopControl = (which & 64) != 0 ? (value & 4) != 0 : null,
        IsNestParent = (which & 128) != 0 ? (value & 8) != 0 : null,
    };

    private void Fill(ReadOnlySpan<byte> records, int granuleLg2)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(_memory.AsSpan());
        int indexBits = granuleLg2 - 3;
        words[..(TableCount << indexBits)].Clear();
        for (; records.Length >= RecordBytes; records = records[RecordBytes..])
        {
            int table = records[0] % TableCount;
            int index = BinaryPrimitives.ReadUInt16LittleEndian(records[1..]) & ((1 << indexBits) - 1);
            words[(table << indexBits) + index] = BinaryPrimitives.ReadUInt64LittleEndian(records[3..]);
        }
    }
}
