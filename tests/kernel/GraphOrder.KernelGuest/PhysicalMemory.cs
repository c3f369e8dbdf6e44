using System.Buffers.Binary;
using System.Globalization;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>The memory of this machine, as /dev/mem shows it to root where nothing forbids that.</summary>
internal sealed class PhysicalMemory(LinuxCalls calls)
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 4096;

    private const int ChunkBytes = 1 << 20;

    private readonly int _device = LiveUpdateCalls.Demand(
        calls.Open("/dev/mem"u8, OpenModes.ReadWrite | OpenModes.CloseOnExec), "open /dev/mem");

    /// <summary>Whether a page is one that is looked for.</summary>
    public delegate bool PageTest(ReadOnlySpan<byte> page);

    /// <summary>Where pages of RAM begin that are so; at least one, or it throws.</summary>
    public List<long> Find(string what, PageTest isWanted)
    {
        List<long> found = [];
        byte[] chunk = new byte[ChunkBytes];
        foreach ((long first, long end) in Ranges())
        {
            for (long start = first; start < end; start += ChunkBytes)
            {
                int count = (int)calls.ReadAt(
                    _device, chunk.AsSpan(0, (int)Math.Min(ChunkBytes, end - start)), start).Value;
                for (int inside = 0; inside + PageBytes <= count; inside += PageBytes)
                {
                    if (isWanted(chunk.AsSpan(inside, PageBytes)))
                    {
                        found.Add(start + inside);
                    }
                }
            }
        }

        return found.Count > 0 ? found : throw new InvalidOperationException($"No page is {what}.");
    }

    /// <summary>A page.</summary>
    public byte[] Page(long address)
    {
        byte[] page = new byte[PageBytes];
        _ = LiveUpdateCalls.Demand(calls.ReadAt(_device, page, address), "read memory");
        return page;
    }

    /// <summary>A word of eight bytes.</summary>
    public ulong Word(long address)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        _ = LiveUpdateCalls.Demand(calls.ReadAt(_device, bytes, address), "read memory");
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Writes a word of eight bytes.</summary>
    public void Write(long address, ulong word)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, word);
        _ = LiveUpdateCalls.Demand(calls.WriteAt(_device, bytes, address), "write memory");
    }

    /// <summary>Whole pages of RAM, first and end, as /proc/iomem lists them.</summary>
    public static IEnumerable<(long First, long End)> Ranges()
    {
        foreach (string line in File.ReadLines("/proc/iomem"))
        {
            if (line.EndsWith(" : System RAM", StringComparison.Ordinal) && line[0] != ' ')
            {
                string[] ends = line[..line.IndexOf(' ')].Split('-');
                long first = long.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                long last = long.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                yield return (
                    (first + PageBytes - 1) / PageBytes * PageBytes, (last + 1) / PageBytes * PageBytes);
            }
        }
    }
}
