using System.Buffers.Binary;

namespace GraphOrder.Cli.Tests.Walks;

/// <summary>Images of physical memory that tests write, and those of the fixtures.</summary>
internal static class Images
{
    public const string Vtd = "tests/fixtures/vtd-48bit/pages.bin";
    public const string Amd = "tests/fixtures/amd-v1/pages.bin";

    public static byte[] Bytes(string fixture) => File.ReadAllBytes(Path.Combine(Tool.Root, fixture));

    /// <summary>A raw image of whole pages with some words.</summary>
    public static string Raw(
        Scratch scratch, int pages, params ReadOnlySpan<(int Address, ulong Word)> words)
    {
        byte[] bytes = new byte[pages * 4096];
        foreach ((int address, ulong word) in words)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(address), word);
        }

        File.WriteAllBytes(scratch.File("raw.img"), bytes);
        return scratch.File("raw.img");
    }

    /// <summary>The page list of the AMD fixture with the page of its device table too.</summary>
    public static string AmdWithDeviceTable(Scratch scratch)
    {
        const ulong Page = 0x184000;
        const int Entry = 0x400;
        byte[] list = Bytes(Amd);
        byte[] more = new byte[8 + 4096];
        BinaryPrimitives.WriteUInt64LittleEndian(more, Page);
        BinaryPrimitives.WriteUInt64LittleEndian(more.AsSpan(8 + Entry), 0x6000_0000_00A1_8803);
        BinaryPrimitives.WriteUInt64LittleEndian(more.AsSpan(8 + Entry + 8), 5);
        ulong pages = BinaryPrimitives.ReadUInt64LittleEndian(list.AsSpan(8));
        BinaryPrimitives.WriteUInt64LittleEndian(list.AsSpan(8), pages + 1);
        File.WriteAllBytes(scratch.File("amd.bin"), [.. list, .. more]);
        return scratch.File("amd.bin");
    }

    /// <summary>
    /// Four levels of VT-d with so many tables of level 0, all of them in a hole of the file, that a walk
    /// takes seconds: little on disk. The root is at 0x1000.
    /// </summary>
    public static string Long(Scratch scratch, int emptyTables)
    {
        int[] counts = [emptyTables, emptyTables >> 9, emptyTables >> 18, 1];
        byte[] table = new byte[4096];
        using FileStream stream = new(scratch.File("long.img"), FileMode.CreateNew);
        stream.Write(table);
        ulong next = 0x1000;
        for (int level = 3; level >= 1; level--)
        {
            next += (ulong)counts[level] * 4096;
            for (int done = 0; done < counts[level - 1];)
            {
                Array.Clear(table);
                for (int i = 0; i < 512 && done < counts[level - 1]; i++, done++)
                {
                    ulong word = (next + (ulong)done * 4096) | 3;
                    BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan(i * 8), word);
                }

                stream.Write(table);
            }
        }

        stream.SetLength((long)next + (long)emptyTables * 4096);
        return scratch.File("long.img");
    }
}
