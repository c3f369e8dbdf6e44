using System.Text;
using GraphOrder.PageTables;

namespace GraphOrder.Native;

/// <summary>Reads what a caller says of its table, and doubts all of it.</summary>
internal static unsafe class TableReader
{
    private const uint ListRuns = 1;
    private const uint FaultMaxDefault = 1000;
    private const uint FaultMaxMost = 1_000_000;
    private const int SizeMax = 4096;
    private const int WordBytes = sizeof(ulong);

    /// <summary>The walk that is asked for.</summary>
    /// <exception cref="CallException">Something of it cannot be.</exception>
    public static MemoryWalk Read(NativeTable* told)
    {
        DemandThat(told is not null, "table is null.");
        nuint size = told->Size;
        DemandThat(size >= (nuint)sizeof(NativeTable) && size <= SizeMax,
            "table.size is not sizeof(graphorder_table).");
        ReadOnlySpan<byte> newer = new((byte*)told + sizeof(NativeTable), (int)size - sizeof(NativeTable));
        DemandThat(newer.IndexOfAnyExcept((byte)0) < 0, "table has members that this library does not know.");
        NativeTable table = *told;
        DemandThat(table.Format is not null, "table.format is null.");
        DemandThat(table.Memory is not null, "table.memory is null.");
        DemandThat((nuint)table.Memory % WordBytes == 0 && table.Base % WordBytes == 0,
            "table.memory and table.base must be multiples of 8.");
        DemandThat(table.Bytes <= long.MaxValue, "table.bytes is longer than an address space.");
        DemandThat((table.Flags & ~ListRuns) == 0 && table.Reserved == 0,
            "table.flags or table.reserved has a bit that this library does not know.");
        DemandThat(table.FaultMax <= FaultMaxMost, $"table.fault_max is more than {FaultMaxMost}.");
        string name = Name(table.Format, table.FormatLength);
        string? granule = table.Granule is null ? null : Name(table.Granule, table.GranuleLength);
        DemandThat(PageTableFormats.TryFind(name, granule, out PageTableFormat? format),
            $"There is no format '{name}'{(granule is null ? "" : $" with granule '{granule}'")}.");
        DemandThat(format!.Allows(table.TopLevel), $"{name} has no root of level {table.TopLevel}.");
        return new(
            format,
            table.Root,
            table.TopLevel,
            new BorrowedMemory((nint)table.Memory, table.Bytes, table.Base),
            (int)(table.FaultMax == 0 ? FaultMaxDefault : table.FaultMax),
            (table.Flags & ListRuns) != 0);
    }

    private static string Name(byte* text, nuint length)
    {
        const int NameBytesMax = 64;
        return Encoding.UTF8.GetString(text, (int)Math.Min(length, NameBytesMax));
    }

    private static void DemandThat(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new CallException(CallStatus.Argument, otherwise);
        }
    }
}
