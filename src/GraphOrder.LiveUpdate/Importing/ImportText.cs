using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Reads small files as a whole, and names for a set.</summary>
internal static class ImportText
{
    private const int BytesMax = 1 << 26;
    private const int NameBytesMax = 63;

    /// <summary>All bytes.</summary>
    /// <exception cref="ImportException">They are more than such a file has.</exception>
    public static byte[] ReadAll(ImportSource source)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int count = source.Bytes.Read(buffer); count > 0; count = source.Bytes.Read(buffer))
        {
            if (bytes.Length + count > BytesMax)
            {
                throw ImportException.Unexpected(
                    source.Name, default, $"more than {BytesMax >> 20} MiB", "a smaller file");
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    /// <summary>Whether a text can be the name of a session.</summary>
    public static bool IsSessionName(string name) =>
        Encoding.UTF8.GetByteCount(name) is > 0 and <= NameBytesMax && !name.Contains('\0');
}
