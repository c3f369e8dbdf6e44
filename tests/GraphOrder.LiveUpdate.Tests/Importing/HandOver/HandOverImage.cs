using System.Buffers.Binary;
using GraphOrder.PageTables;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>The page list of the fixture as a test changes it: pages by address, words by address.</summary>
internal sealed class HandOverImage
{
    public const int HeaderBytes = 24;
    public const int PageBytes = 4096;
    private const int EntryBytes = PageBytes + 8;

    private readonly Dictionary<ulong, int> _places = [];

    public HandOverImage(byte[] bytes)
    {
        Bytes = bytes;
        for (int at = HeaderBytes; at + EntryBytes <= bytes.Length; at += EntryBytes)
        {
            _places.TryAdd(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)), at + 8);
        }
    }

    public byte[] Bytes { get; }

    public IEnumerable<ulong> Pages => _places.Keys;

    public ulong DeviceTree => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(16));

    public static byte[] Fixture() => File.ReadAllBytes(
        Path.Combine(Repository.Root, "tests", "fixtures", "luo-handover", "kho-pages.bin"));

    /// <summary>The list with one more page.</summary>
    public static byte[] WithPage(byte[] bytes, ulong physical, byte[] page)
    {
        byte[] longer = [.. bytes, .. BitConverter.GetBytes(physical), .. page];
        BitConverter.GetBytes(BitConverter.ToUInt64(bytes, 8) + 1).CopyTo(longer, 8);
        return longer;
    }

    public ulong Word(ulong physical) => BinaryPrimitives.ReadUInt64LittleEndian(At(physical, 8));

    public void Put(ulong physical, ulong word) =>
        BinaryPrimitives.WriteUInt64LittleEndian(At(physical, 8), word);

    /// <summary>Bytes that lie in one page.</summary>
    public Span<byte> At(ulong physical, int count)
    {
        ulong page = physical / PageBytes * PageBytes;
        return _places.TryGetValue(page, out int place)
            ? Bytes.AsSpan(place + (int)(physical - page), count)
            : throw new KeyNotFoundException($"0x{physical:x}");
    }

    /// <summary>Imports what the bytes are now.</summary>
    public ImportResult Import() => Import(Bytes);

    public static ImportResult Import(byte[] bytes)
    {
        string path = Path.Combine("/dev/shm", $"graph-order-{Guid.NewGuid():n}");
        try
        {
            File.WriteAllBytes(path, bytes);
            Assert.That(
                PhysicalImage.TryOpen(path, ImageOptions.Default, out PhysicalImage? image,
                    out ImageFlaw flaw),
                Is.True,
                flaw.ToString());
            using (image)
            {
                return HandOverImport.Read(image!);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
