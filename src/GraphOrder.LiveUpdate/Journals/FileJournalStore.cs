using Microsoft.Win32.SafeHandles;

namespace GraphOrder.LiveUpdate;

/// <summary>A journal on disk. Readable by its owner alone: it holds the whole set.</summary>
public sealed class FileJournalStore : IJournalStore, IDisposable
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _file;
    private long _end;

    private FileJournalStore(FileStream stream, long end)
    {
        _stream = stream;
        _file = stream.SafeFileHandle;
        _end = end;
    }

    /// <summary>
    /// Begins a journal; its folder is made where it is missing. The name is on disk when this comes back.
    /// </summary>
    /// <exception cref="IOException">There is a file of that name, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileJournalStore Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null)
        {
            CreateFolder(folder);
        }

        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            // From its first moment: who opens it before a later chmod keeps reading.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream file = new(path, options);
        FlushNames(folder);
        return new FileJournalStore(file, 0);
    }

    /// <summary>
    /// Goes on with a journal behind its last whole record; what was being written is cut off.
    /// </summary>
    /// <param name="path">The journal.</param>
    /// <param name="bytes">How much of it is whole.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileJournalStore Continue(string path, long bytes)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        RandomAccess.SetLength(stream.SafeFileHandle, bytes);
        return new FileJournalStore(stream, bytes);
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _end);
        _end += bytes.Length;
    }

    /// <inheritdoc/>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Brings the names in a folder to disk.</summary>
    /// <exception cref="IOException">Its disk failed.</exception>
    internal static void FlushNames(string? folder)
    {
        if (folder is not null && OperatingSystem.IsLinux())
        {
            FolderSync.Flush(folder);
        }
    }

    // The names of what is made above it are brought to disk too, or the folder itself is what is lost.
    private static void CreateFolder(string folder)
    {
        Stack<string> missing = new();
        for (string? above = folder; above is not null && !Directory.Exists(above);)
        {
            missing.Push(above);
            above = Path.GetDirectoryName(above);
        }

        while (missing.TryPop(out string? next))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(next);
                continue;
            }

            Directory.CreateDirectory(
                next, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            FlushNames(Path.GetDirectoryName(next));
        }
    }
}
