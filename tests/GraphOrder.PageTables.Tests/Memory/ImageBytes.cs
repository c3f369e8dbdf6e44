using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.PageTables.Tests;

/// <summary>The bytes of small images.</summary>
internal static class ImageBytes
{
    /// <summary>A page list of 4 KiB pages; each word of a page holds its own address.</summary>
    public static byte[] PageList(string magic, ulong word, params ulong[] pages)
    {
        byte[] bytes = new byte[24 + pages.Length * 4104];
        Encoding.ASCII.GetBytes(magic, bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), pages.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), word);
        for (int i = 0; i < pages.Length; i++)
        {
            Span<byte> page = bytes.AsSpan(24 + i * 4104);
            BinaryPrimitives.WriteUInt64LittleEndian(page, pages[i]);
            for (int at = 0; at < 4096; at += 8)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(page[(8 + at)..], pages[i] + (ulong)at);
            }
        }

        return bytes;
    }

    /// <summary>
    /// A core; each word of the file holds its own offset, from <paramref name="first"/> on.
    /// </summary>
    public static byte[] Core(
        int first, params (uint Type, ulong Physical, ulong Bytes, ulong Offset)[] segments)
    {
        byte[] bytes = new byte[0x5000];
        for (int at = first; at < bytes.Length; at += 8)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), at);
        }

        ((byte[])[0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]).CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), 4);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(54), 56);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(56), (ushort)segments.Length);
        for (int i = 0; i < segments.Length; i++)
        {
            Span<byte> header = bytes.AsSpan(64 + i * 56);
            BinaryPrimitives.WriteUInt32LittleEndian(header, segments[i].Type);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], segments[i].Offset);
            BinaryPrimitives.WriteUInt64LittleEndian(header[24..], segments[i].Physical);
            BinaryPrimitives.WriteUInt64LittleEndian(header[32..], segments[i].Bytes);
        }

        return bytes;
    }
}
