using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GraphOrder.PageTables;

/// <summary>
/// Files that are little-endian words throughout. Needs a little-endian machine. Thread-safe.
/// </summary>
public static class WordFile
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Reads all words of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="words">The words; empty where the file is no whole number of them, or shrank.</param>
    /// <param name="cancellationToken">Looked at for each megabyte.</param>
    /// <returns>Whether the file was all words.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TryRead(string path, out ulong[] words, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = RegularFile.Open(path);
        SafeFileHandle file = stream.SafeFileHandle;
        long length = stream.Length;
        words = [];
        if (length % sizeof(ulong) != 0 || length / sizeof(ulong) > Array.MaxLength)
        {
            return false;
        }

        ulong[] all = GC.AllocateUninitializedArray<ulong>((int)(length / sizeof(ulong)));
        Span<byte> rest = MemoryMarshal.AsBytes(all.AsSpan());
        for (long at = 0; rest.Length > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = RandomAccess.Read(file, rest[..Math.Min(rest.Length, PieceBytes)], at);
            if (read == 0)
            {
                return false;
            }

            rest = rest[read..];
            at += read;
        }

        words = all;
        return true;
    }
}
