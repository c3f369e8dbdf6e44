using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>Positional reads that may come short. Thread-safe.</summary>
internal static class ImageFile
{
    /// <summary>Reads until the span is full.</summary>
    /// <returns>Whether it became full: a file that ends or cannot be read there answers false.</returns>
    public static bool TryRead(SafeFileHandle file, ulong offset, Span<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                if (offset > long.MaxValue)
                {
                    return false;
                }

                int read = RandomAccess.Read(file, bytes, (long)offset);
                if (read <= 0)
                {
                    return false;
                }

                bytes = bytes[read..];
                offset += (ulong)read;
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads what one call gives.</summary>
    /// <returns>How many bytes; 0 where there are none or none can be read.</returns>
    public static int ReadSome(SafeFileHandle file, ulong offset, Span<byte> bytes)
    {
        try
        {
            return offset > long.MaxValue ? 0 : RandomAccess.Read(file, bytes, (long)offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Reads little-endian words.</summary>
    public static bool TryRead(SafeFileHandle file, ulong offset, Span<ulong> words) =>
        TryRead(file, offset, MemoryMarshal.AsBytes(words));
}
