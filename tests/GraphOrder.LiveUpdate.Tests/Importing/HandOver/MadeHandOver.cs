using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>
/// A hand-over made by a test, with as many sessions, files and folios as it wants: the same layout as
/// Linux 7.3 writes, by other code than reads it.
/// </summary>
internal sealed class MadeHandOver
{
    private const ulong RecordBase = 0x1000_0000;
    private const ulong MemoryBase = 0x10_0000_0000;

    private readonly SortedDictionary<ulong, byte[]> _pages = [];
    private readonly List<(ulong Physical, int Order)> _blocks = [];
    private readonly List<(string Name, List<(ulong Token, ulong Record)> Files)> _sessions = [];
    private ulong _nextRecord = RecordBase;
    private ulong _nextMemory = MemoryBase;

    /// <summary>What the set must have: id, bytes, and extents as offset, physical, bytes.</summary>
    public List<MadeFile> Expected { get; } = [];

    public ulong Tree { get; private set; }

    public IEnumerable<KeyValuePair<ulong, byte[]>> Pages => _pages;

    public void AddSession(string name) => _sessions.Add((name, []));

    /// <summary>Adds a file made of folios of these orders; each lies apart from the one before.</summary>
    public void AddFile(ulong token, ulong bytes, IEnumerable<int> orders, int tableOrder = 0)
    {
        List<(ulong Offset, ulong Physical, ulong Bytes)> extents = [];
        List<byte> table = [];
        ulong index = 0;
        ulong end = (bytes + 4095) / 4096;
        foreach (int order in orders)
        {
            ulong size = 4096UL << order;
            _nextMemory = (_nextMemory + (2 * size) - 1) / size * size;
            table.AddRange(Word((_nextMemory >> 12) | (3UL << 52)));
            table.AddRange(Word(index));
            _blocks.Add((_nextMemory, order));
            extents.Add((index * 4096, _nextMemory, Math.Min(1UL << order, end - index) * 4096));
            index += 1UL << order;
            _nextMemory += size + 4096;
        }

        ulong record = NewPage(out byte[] page);
        Put(page, 0, token % 4096);
        Put(page, 8, bytes);
        Put(page, 24, (ulong)(table.Count / 16));
        PutTable(page, [.. table], tableOrder);
        _sessions[^1].Files.Add((token, record));
        Expected.Add(new($"{_sessions[^1].Name}/0x{token:x}", bytes, extents));
    }

    /// <summary>Writes the chains, the root, the radix tree and the device tree.</summary>
    public MadeHandOver Finish()
    {
        List<byte[]> sessions = [];
        foreach ((string name, List<(ulong Token, ulong Record)> files) in _sessions)
        {
            byte[] entry = new byte[80];
            Encoding.UTF8.GetBytes(name).CopyTo(entry, 0);
            Put(entry, 64, Chain(63, [.. files.Select(FileEntry)]));
            Put(entry, 72, (ulong)files.Count);
            sessions.Add(entry);
        }

        ulong flb = NewPage(out byte[] flbs);
        Put(flbs, 0, 1);
        ulong root = NewPage(out byte[] luo);
        "luo-v5"u8.CopyTo(luo);
        Put(luo, 8, 7);
        Put(luo, 16, Chain(51, sessions));
        Put(luo, 24, flb);
        Tree = NewPage(out byte[] tree);
        PutTree(tree, root, Radix());
        return this;
    }

    public byte[] PageList() =>
    [
        .. "KHOPAGES"u8, .. Word((ulong)_pages.Count), .. Word(Tree),
        .. _pages.SelectMany(page => Word(page.Key).Concat(page.Value)),
    ];

    /// <summary>All of it from the first page of a record to the last, as it lies in memory.</summary>
    public byte[] Raw(out ulong first)
    {
        first = _pages.Keys.Min();
        byte[] raw = new byte[_pages.Keys.Max() + 4096 - first];
        foreach ((ulong physical, byte[] page) in _pages)
        {
            page.CopyTo(raw, (int)(physical - first));
        }

        return raw;
    }

    /// <summary>Puts setup data in front: an entry of another type, then the one of the hand-over.</summary>
    public ulong AddSetupData()
    {
        ulong scratch = NewPage(out byte[] page);
        Put(page, 0, 0x4000_0000);
        Put(page, 8, 0x100_0000);
        ulong physical = NewPage(out byte[] setup);
        Put(setup, 4, physical + 100);
        BinaryPrimitives.WriteUInt32LittleEndian(setup.AsSpan(12), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(setup.AsSpan(108), 10);
        BinaryPrimitives.WriteUInt32LittleEndian(setup.AsSpan(112), 32);
        Put(setup, 116, Tree);
        Put(setup, 124, 4096);
        Put(setup, 132, scratch);
        Put(setup, 140, 16);
        return physical + 4;
    }

    private static byte[] FileEntry((ulong Token, ulong Record) file)
    {
        byte[] entry = new byte[64];
        "memfd-v2"u8.CopyTo(entry);
        Put(entry, 48, file.Record);
        Put(entry, 56, file.Token);
        return entry;
    }

    private ulong Chain(int capacity, List<byte[]> entries)
    {
        ulong next = 0;
        foreach (byte[][] block in entries.Chunk(capacity).Reverse())
        {
            ulong physical = NewPage(out byte[] page);
            Put(page, 0, next);
            Put(page, 8, (ulong)block.Length);
            block.SelectMany(entry => entry).ToArray().CopyTo(page, 16);
            next = physical;
        }

        return next;
    }

    private void PutTable(byte[] record, byte[] table, int order)
    {
        if (table.Length == 0)
        {
            return;
        }

        int pieceBytes = 4096 << order;
        List<ulong> pieces = [];
        foreach (byte[] piece in table.Chunk(pieceBytes))
        {
            ulong first = 0;
            for (int at = 0; at < pieceBytes; at += 4096)
            {
                ulong physical = NewPage(out byte[] page);
                first = at == 0 ? physical : first;
                piece.Skip(at).Take(4096).ToArray().CopyTo(page, 0);
            }

            pieces.Add(first);
        }

        ulong next = 0;
        foreach (ulong[] chunk in pieces.Chunk(511).Reverse())
        {
            ulong physical = NewPage(out byte[] page);
            Put(page, 0, next);
            for (int i = 0; i < chunk.Length; i++)
            {
                Put(page, (i + 1) * 8, chunk[i]);
            }

            next = physical;
        }

        Put(record, 32, next);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(40), (uint)(pieces.Count << order));
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(44), (ushort)(order == 0 ? 1 : 2));
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(46), (ushort)order);
    }

    // Its own pages are made last, and are not in it.
    private ulong Radix()
    {
        _blocks.AddRange(_pages.Keys.ToArray().Select(physical => (physical, 0)));
        ulong root = NewPage(out _);
        foreach ((ulong physical, int order) in _blocks)
        {
            ulong key = (1UL << (52 - order)) | (physical >> (12 + order));
            ulong node = root;
            for (int level = 5; level >= 1; level--)
            {
                int slot = (int)(key >> (15 + (9 * (level - 1))) & 511) * 8;
                ulong next = BinaryPrimitives.ReadUInt64LittleEndian(_pages[node].AsSpan(slot));
                if (next == 0)
                {
                    next = NewPage(out _);
                    Put(_pages[node], slot, next);
                }

                node = next;
            }

            int bit = (int)(key & 0x7FFF);
            _pages[node][bit / 8] |= (byte)(1 << (bit % 8));
        }

        return root;
    }

    private static void PutTree(byte[] page, ulong root, ulong map)
    {
        List<byte> body = [];
        List<byte> texts = [];
        void Cell(uint value) =>
            body.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        void Property(string name, byte[] value)
        {
            Cell(3);
            Cell((uint)value.Length);
            Cell((uint)texts.Count);
            texts.AddRange([.. Encoding.ASCII.GetBytes(name), 0]);
            body.AddRange([.. value, .. new byte[(4 - (value.Length % 4)) % 4]]);
        }

        Cell(1);
        Cell(0);
        Property("compatible", "kho-v4\0"u8.ToArray());
        Property("preserved-memory-map", Word(map));
        Cell(1);
        body.AddRange("LUO\0"u8.ToArray());
        Property("preserved-data", Word(root));
        Cell(4);
        Property("blob-size", Word(32));
        Cell(2);
        Cell(2);
        Cell(9);
        uint textAt = 40 + (uint)body.Count;
        uint[] header = [0xD00DFEED, textAt + (uint)texts.Count, 40, textAt, 0, 17, 16, 0,
            (uint)texts.Count, (uint)body.Count];
        for (int i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(page.AsSpan(i * 4), header[i]);
        }

        body.CopyTo(page, 40);
        texts.CopyTo(page, (int)textAt);
    }

    private ulong NewPage(out byte[] page)
    {
        ulong physical = _nextRecord;
        _nextRecord += 4096;
        page = new byte[4096];
        _pages.Add(physical, page);
        return physical;
    }

    private static byte[] Word(ulong value) => BitConverter.GetBytes(value);

    private static void Put(byte[] page, int at, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(at), value);
}

/// <summary>A file of a made hand-over: its extents are offset, physical address and bytes.</summary>
internal sealed record MadeFile(
    string Id, ulong Bytes, List<(ulong Offset, ulong Physical, ulong Bytes)> Extents);
