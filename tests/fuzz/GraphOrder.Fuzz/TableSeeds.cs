using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.Fuzz;

/// <summary>A small sound table of each format, as inputs of <see cref="PageTableTarget"/>.</summary>
internal static class TableSeeds
{
    /// <summary>One for each format.</summary>
    /// <param name="baseAddress">Where the root lies.</param>
    /// <param name="tables">How many tables an input has at most.</param>
    public static IEnumerable<byte[]> All(ulong baseAddress, int tables)
    {
        for (int i = 0; i < PageTableFormats.All.Length; i++)
        {
            yield return PageTableFormats.All[i].Accept(new Visitor(i, baseAddress, tables));
        }
    }

    private readonly struct Visitor(int number, ulong baseAddress, int tables) : IFormatVisitor<byte[]>
    {
        public byte[] Visit<TFormat>() where TFormat : struct, IPageTableFormat
        {
            int top = Math.Min(TFormat.TopLevelMax, Math.Max(TFormat.TopLevelMin, 2));
            PageTableBuilder<TFormat> builder = new(top, new BuildOptions { BaseAddress = baseAddress });
            ulong page = 1UL << TFormat.GranuleLg2;
            ulong block = page << (TFormat.GranuleLg2 - 3);
            _ = builder.TryMap(0, 1UL << 30, 3 * page, PageAccess.Read | PageAccess.Write);
            _ = builder.TryMap(8 * page, 5UL << 28, page, PageAccess.Read);
            _ = builder.TryMap(block, 3UL << 30, block, PageAccess.Read | PageAccess.Write);
            List<byte> input = [(byte)number, (byte)(top - TFormat.TopLevelMin), 0, 0];
            ulong[] words = new ulong[page / sizeof(ulong)];
            for (int table = 0; table < tables; table++)
            {
                ulong physical = baseAddress + ((ulong)table << TFormat.GranuleLg2);
                if (builder.Arena.Memory.TryRead(physical, words, out ReadOnlySpan<ulong> read))
                {
                    Add(input, table, read);
                }
            }

            return [.. input];
        }

        private static void Add(List<byte> input, int table, ReadOnlySpan<ulong> words)
        {
            byte[] record = new byte[11];
            for (int i = 0; i < words.Length; i++)
            {
                if (words[i] != 0)
                {
                    record[0] = (byte)table;
                    BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(1), (ushort)i);
                    BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(3), words[i]);
                    input.AddRange(record);
                }
            }
        }
    }
}
