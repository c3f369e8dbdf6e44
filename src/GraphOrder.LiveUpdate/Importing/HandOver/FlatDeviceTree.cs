using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads a flattened device tree (Devicetree Specification 0.4, chapter 5, version 17): a big-endian
/// container. What properties hold is the caller's affair; KHO puts words in the order of the processor
/// there.
/// </summary>
internal static class FlatDeviceTree
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 40;

    private const uint Magic = 0xD00DFEED;
    private const uint Version = 17;
    private const uint CompatibleVersion = 16;
    private const uint BeginNode = 1;
    private const uint EndNode = 2;
    private const uint Property = 3;
    private const uint Nothing = 4;
    private const uint End = 9;
    private const int DepthMax = 16;
    private const int CellBytes = 4;

    /// <summary>How long a tree says it is.</summary>
    /// <returns>What is wrong with the header; null for nothing.</returns>
    public static string? ReadLength(ReadOnlySpan<byte> header, out uint bytes)
    {
        bytes = 0;
        if (header.Length < HeaderBytes)
        {
            return $"its header is cut short: {header.Length} of {HeaderBytes} bytes are there";
        }

        if (Cell(header, 0) != Magic)
        {
            return $"it begins with 0x{Cell(header, 0):x8}, and a device tree with 0x{Magic:x8}";
        }

        bytes = Cell(header, 4);
        return Cell(header, 20) != Version || Cell(header, 24) != CompatibleVersion
            ? $"its version is {Cell(header, 20)}, compatible with {Cell(header, 24)}; {Version} and "
                + $"{CompatibleVersion} are read here"
            : bytes < HeaderBytes ? $"its length of {bytes} bytes is less than its header" : null;
    }

    /// <summary>Reads a tree, O(length).</summary>
    /// <param name="tree">Its bytes; more may follow.</param>
    /// <param name="nodes">Its nodes, in its order.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Read(ReadOnlyMemory<byte> tree, out List<DeviceTreeNode> nodes)
    {
        nodes = [];
        if (ReadLength(tree.Span, out uint length) is { } flaw)
        {
            return flaw;
        }

        if (length > tree.Length)
        {
            return $"it is cut short: its header says {length} bytes, and {tree.Length} are there";
        }

        ReadOnlySpan<byte> header = tree.Span;
        ulong structAt = Cell(header, 8);
        ulong textAt = Cell(header, 12);
        ulong textBytes = Cell(header, 32);
        ulong structBytes = Cell(header, 36);
        if (structAt % CellBytes != 0 || structAt < HeaderBytes || structAt + structBytes > length
            || textAt + textBytes > length)
        {
            return "its parts reach beyond its length";
        }

        return ReadNodes(
            tree.Slice((int)structAt, (int)structBytes), tree.Span.Slice((int)textAt, (int)textBytes), nodes);
    }

    private static string? ReadNodes(
        ReadOnlyMemory<byte> structure, ReadOnlySpan<byte> texts, List<DeviceTreeNode> nodes)
    {
        Stack<DeviceTreeNode> open = [];
        int at = 0;
        while (at + CellBytes <= structure.Length)
        {
            uint token = Cell(structure.Span, at);
            at += CellBytes;
            string? flaw = null;
            switch (token)
            {
                case BeginNode:
                    flaw = Begin(structure.Span, ref at, open, nodes);
                    break;
                case EndNode when open.Count > 0:
                    open.Pop();
                    break;
                case Property when open.Count > 0:
                    flaw = ReadProperty(structure, ref at, texts, open.Peek());
                    break;
                case Nothing:
                    break;
                case End when open.Count == 0 && nodes.Count > 0:
                    return null;
                default:
                    return $"an unexpected mark 0x{token:x} stands at offset {at - CellBytes}";
            }

            if (flaw is not null)
            {
                return flaw;
            }
        }

        return "its structure has no end";
    }

    private static string? Begin(
        ReadOnlySpan<byte> structure, ref int at, Stack<DeviceTreeNode> open, List<DeviceTreeNode> nodes)
    {
        int length = structure[at..].IndexOf((byte)0);
        if (length < 0 || !TryText(structure.Slice(at, Math.Max(length, 0)), out string name))
        {
            return $"a node's name at offset {at} of its structure is not ASCII, or has no end";
        }

        at = Aligned(at + length + 1);
        bool isRoot = open.Count == 0;
        if (isRoot ? nodes.Count > 0 || length > 0 : length == 0)
        {
            return "a node has a name that cannot be where it stands";
        }

        if (open.Count == DepthMax)
        {
            return $"its nodes are nested deeper than {DepthMax}";
        }

        string path = isRoot ? "/" : open.Peek().Path == "/" ? $"/{name}" : $"{open.Peek().Path}/{name}";
        if (nodes.Exists(known => known.Path == path))
        {
            return $"it has node {path} twice";
        }

        open.Push(new(path));
        nodes.Add(open.Peek());
        return null;
    }

    private static string? ReadProperty(
        ReadOnlyMemory<byte> structure, ref int at, ReadOnlySpan<byte> texts, DeviceTreeNode node)
    {
        if (at + 2 * CellBytes > structure.Length)
        {
            return "its structure ends inside a property";
        }

        uint bytes = Cell(structure.Span, at);
        uint nameAt = Cell(structure.Span, at + CellBytes);
        at += 2 * CellBytes;
        if (bytes > structure.Length - at)
        {
            return $"a property of {node.Path} is longer than the structure";
        }

        ReadOnlySpan<byte> rest = nameAt < texts.Length ? texts[(int)nameAt..] : default;
        int length = rest.IndexOf((byte)0);
        if (length <= 0 || !TryText(rest[..length], out string name))
        {
            return $"a property of {node.Path} has no name";
        }

        if (!node.Properties.TryAdd(name, structure.Slice(at, (int)bytes)))
        {
            return $"property {name} of {node.Path} stands twice";
        }

        at = Aligned(at + (int)bytes);
        return null;
    }

    private static bool TryText(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (bytes.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E) >= 0)
        {
            return false;
        }

        text = Encoding.ASCII.GetString(bytes);
        return true;
    }

    private static int Aligned(int offset) => (offset + CellBytes - 1) / CellBytes * CellBytes;

    private static uint Cell(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
}
