using System.Buffers.Binary;
using System.Numerics;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The sum that each record carries: CRC-32C (RFC 3720, appendix B.4) over the one before and its own bytes.
/// </summary>
internal static class JournalSum
{
    /// <summary>Digits of a sum as it is written.</summary>
    public const int Digits = 8;

    /// <summary>What stands between a record's members and its sum.</summary>
    public static ReadOnlySpan<byte> Member => ",\"sum\":\""u8;

    /// <summary>What stands behind a sum.</summary>
    public static ReadOnlySpan<byte> End => "\"}\n"u8;

    /// <summary>The sum of a record.</summary>
    /// <param name="previous">The sum of the record before it; 0 of the first one.</param>
    /// <param name="bytes">The line's bytes in front of <see cref="Member"/>.</param>
    public static uint Of(uint previous, ReadOnlySpan<byte> bytes)
    {
        uint sum = BitOperations.Crc32C(~0u, previous);
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte rest in bytes)
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return ~sum;
    }
}
