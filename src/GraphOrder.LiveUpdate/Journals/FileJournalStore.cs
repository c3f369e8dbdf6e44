using Microsoft.Win32.SafeHandles;

namespace GraphOrder.LiveUpdate;

/// <summary>A journal on disk. Readable by its owner alone: it holds the whole set.</summary>
public sealed class FileJournalStore : IJournalStore, IDisposable
{
    private readonly SafeFileHandle _file;
    private long _end;

    private FileJournalStore(SafeFileHandle file, long end)
    {
        _file = file;
        _end = end;
    }

    /// <summary>Begins a journal; its folder is made where it is missing.</summary>
    /// <exception cref="IOException">There is a file of that name, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileJournalStore Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            CreateFolder(folder);
        }

        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

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
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        RandomAccess.SetLength(file, bytes);
        return new FileJournalStore(file, bytes);
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
    public void Dispose() => _file.Dispose();

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
