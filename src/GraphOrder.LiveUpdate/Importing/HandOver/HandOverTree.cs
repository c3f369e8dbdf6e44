using System.Buffers.Binary;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The device tree of KHO (include/linux/kho/abi/kexec_handover.h, <c>kho-v4</c>): where the record of
/// preserved memory lies, and where the parts of its users do.
/// </summary>
internal sealed class HandOverTree
{
    private const string What = "The device tree";
    private const string BlobProperty = "preserved-data";
    private const string SizeProperty = "blob-size";
    private const int SetupDataType = 10;
    private const int SetupHeaderBytes = 16;
    private const int SetupBodyBytes = 32;
    private const int SetupNodesMax = 1024;
    private const int ScratchMax = 4096;

    private readonly List<DeviceTreeNode> _nodes;

    private HandOverTree(ulong physical, List<DeviceTreeNode> nodes)
    {
        Physical = physical;
        _nodes = nodes;
    }

    /// <summary>Where it lies.</summary>
    public ulong Physical { get; }

    /// <summary>The root of the record of preserved memory.</summary>
    public ulong PreservedMap => Number("/", "preserved-memory-map");

    /// <summary>Nodes that nobody here reads.</summary>
    public IEnumerable<string> OtherNodes =>
        _nodes.Select(node => node.Path).Where(path => path is not ("/" or "/LUO" or "/kexec-metadata"));

    /// <summary>Whether it has a node.</summary>
    public bool Has(string path) => _nodes.Exists(node => node.Path == path);

    /// <summary>Where the part of a node lies, whose length must be the one given.</summary>
    /// <exception cref="ImportException">It says otherwise.</exception>
    public ulong Blob(string path, int bytes)
    {
        ulong size = Number(path, SizeProperty);
        return size == (ulong)bytes
            ? Number(path, BlobProperty)
            : throw ImportException.Contradicts(What, Physical,
                $"{path} has {size} bytes, and {bytes} are due");
    }

    /// <summary>Finds the tree and reads it.</summary>
    /// <param name="memory">The image.</param>
    /// <param name="root">What the caller names.</param>
    /// <param name="word">What the image names.</param>
    /// <param name="scratch">The ranges that the next kernel boots in, where setup data tells them.</param>
    /// <exception cref="ImportException">There is no sound tree.</exception>
    public static HandOverTree Read(
        HandOverMemory memory, HandOverRoot root, ulong? word, out List<PhysicalRange>? scratch)
    {
        scratch = null;
        ulong physical = root.SetupData is { } setup ? FromSetupData(memory, setup, out scratch)
            : root.DeviceTree ?? word ?? throw new ImportException(
                new(DiagnosticCode.HandOverNotNamed, DiagnosticSeverity.Error));
        byte[] page = new byte[HandOverMemory.PageBytes];
        memory.ReadPage(physical, page, What);
        if (FlatDeviceTree.Read(page, out List<DeviceTreeNode> nodes) is { } flaw)
        {
            throw ImportException.Contradicts(What, physical, flaw);
        }

        HandOverTree tree = new(physical, nodes);
        HandOverText.DemandCompatible(tree.Property("/", "compatible").Span, "kho-v4"u8, What, physical);
        return tree;
    }

    private static ulong FromSetupData(HandOverMemory memory, ulong first, out List<PhysicalRange> scratch)
    {
        const string what = "Setup data";
        Span<byte> bytes = stackalloc byte[SetupHeaderBytes + SetupBodyBytes];
        HashSet<ulong> seen = [];
        for (ulong at = first; at != 0; at = HandOverMemory.Word(bytes, 0))
        {
            if (!seen.Add(at) || seen.Count > SetupNodesMax)
            {
                throw ImportException.Contradicts(what, at, "its list returns, or has no end");
            }

            memory.Read(at, bytes[..SetupHeaderBytes], what);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != SetupDataType)
            {
                continue;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) < SetupBodyBytes)
            {
                throw ImportException.Contradicts(what, at, "the entry of the hand-over is too short");
            }

            memory.Read(at, bytes, what);
            scratch = Scratch(memory, HandOverMemory.Word(bytes, 32), HandOverMemory.Word(bytes, 40));
            return HandOverMemory.Word(bytes, 16);
        }

        throw ImportException.Contradicts(what, first, "it has no entry of type 10, the hand-over");
    }

    private static List<PhysicalRange> Scratch(HandOverMemory memory, ulong physical, ulong bytes)
    {
        const string what = "The list of scratch memory";
        const int entryBytes = 16;
        if (bytes % entryBytes != 0 || bytes / entryBytes > ScratchMax)
        {
            throw ImportException.Contradicts(what, physical, $"it cannot have {bytes} bytes");
        }

        byte[] entries = new byte[bytes];
        memory.Read(physical, entries, what);
        List<PhysicalRange> ranges = [];
        for (int i = 0; i < entries.Length; i += entryBytes)
        {
            ulong first = HandOverMemory.Word(entries, i);
            ulong size = HandOverMemory.Word(entries, i + 8);
            if (size is 0 or > 1UL << 52 || first > ulong.MaxValue - size)
            {
                throw ImportException.Contradicts(what, physical, $"entry {i / entryBytes} is no range");
            }

            ranges.Add(new(first, (long)size));
        }

        return ranges;
    }

    private ReadOnlyMemory<byte> Property(string path, string name)
    {
        DeviceTreeNode? node = _nodes.Find(known => known.Path == path);
        return node is not null && node.Properties.TryGetValue(name, out ReadOnlyMemory<byte> value)
            ? value
            : throw ImportException.Contradicts(What, Physical, $"it has no property {name} in {path}");
    }

    private ulong Number(string path, string name)
    {
        ReadOnlyMemory<byte> value = Property(path, name);
        return value.Length == sizeof(ulong)
            ? HandOverMemory.Word(value.Span, 0)
            : throw ImportException.Contradicts(
                What, Physical, $"property {name} of {path} has {value.Length} bytes, and 8 are due");
    }
}
