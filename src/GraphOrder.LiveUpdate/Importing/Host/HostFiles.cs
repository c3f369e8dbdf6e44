using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The files of a host below a folder that holds <c>proc</c> and <c>sys</c>, read and never opened for
/// anything else: links are read as links. What cannot be read is null. Not thread-safe.
/// </summary>
internal sealed class HostFiles(string root)
{
    private const int TextBytesMax = 1 << 12;

    // Over twice what the kernel prints for as many mappings as it lets a process have by default.
    private const int FileBytesMax = 1 << 24;

    /// <summary>Whether it is the machine that runs, and no tree made up.</summary>
    public bool IsMachine { get; } = Path.GetFullPath(root) == "/";

    /// <summary>A path of the host.</summary>
    public string PathOf(string path) => Path.Combine(root, path);

    /// <summary>Whether there is such a file or folder.</summary>
    public bool Exists(string path) => Path.Exists(PathOf(path));

    /// <summary>The first line of a small file, without its end.</summary>
    public string? Line(string path)
    {
        try
        {
            using FileStream stream = Open(path);
            byte[] bytes = new byte[TextBytesMax];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string text = Encoding.UTF8.GetString(bytes, 0, count);
            int end = text.AsSpan().IndexOfAny('\n', '\0');
            return end < 0 ? text : text[..end];
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>
    /// The lines of a file; null where it cannot be read or is longer than anything of a host.
    /// </summary>
    public List<string>? Lines(string path)
    {
        try
        {
            using FileStream stream = Open(path);
            using MemoryStream bytes = new();
            byte[] block = new byte[TextBytesMax];
            for (int count; (count = stream.Read(block)) > 0; bytes.Write(block, 0, count))
            {
                if (bytes.Length + count > FileBytesMax)
                {
                    return null;
                }
            }

            bytes.Position = 0;
            using StreamReader reader = new(bytes);
            List<string> lines = [];
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
            }

            return lines;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>Where a link points, as it says.</summary>
    public string? Link(string path)
    {
        try
        {
            return new FileInfo(PathOf(path)).LinkTarget;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>The entries of a folder that are numbers, ascending; null where it cannot be read.</summary>
    public List<int>? Numbers(string path)
    {
        try
        {
            List<int> numbers = [];
            foreach (string entry in Directory.EnumerateFileSystemEntries(PathOf(path)))
            {
                string name = Path.GetFileName(entry);
                if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                {
                    numbers.Add(number);
                }
            }

            numbers.Sort();
            return numbers;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    private FileStream Open(string path) =>
        new(PathOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);

    // A process may end while it is looked at.
    private static bool IsUnreadable(Exception error) =>
        error is IOException or UnauthorizedAccessException or System.Security.SecurityException;
}
