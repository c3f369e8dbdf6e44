namespace GraphOrder.Cli;

/// <summary>
/// Where an answer goes: standard output, or a file that is written beside its place and then moved there,
/// so that a failure leaves what was there before.
/// </summary>
internal static class OutputFile
{
    private const int BufferBytes = 1 << 13;
    private const string StandardOutput = "-";

    private static readonly Lock Guard = new();
    private static string? _unfinished;

    /// <summary>
    /// Makes sure that the user's file is not the one that is read: it would be gone.
    /// </summary>
    /// <exception cref="ToolException">It is.</exception>
    public static void DemandOther(string? output, string input)
    {
        if (!string.IsNullOrEmpty(output)
            && output != StandardOutput
            && input != InputFile.StandardInput
            && Resolved(output) == Resolved(input))
        {
            throw ToolException.Usage(
                $"--output names the input '{Printable.Of(input)}' itself. Name another file.");
        }
    }

    /// <summary>
    /// Removes a file that is not whole yet. For a process that ends: whoever would still move it into its
    /// place waits for ever.
    /// </summary>
    public static void Abandon()
    {
        Guard.Enter();
        if (_unfinished is { } temporary)
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes an answer.</summary>
    /// <param name="path">The file; null or <c>-</c> for standard output.</param>
    /// <param name="write">Writes to the stream, which is buffered and flushed here.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void Write(string? path, Action<Stream> write)
    {
        if (path is null or StandardOutput)
        {
            WriteStandardOutput(write);
            return;
        }

        if (path.Length == 0)
        {
            throw ToolException.Usage("--output is empty. Name a file, or leave it out for standard output.");
        }

        SharedPlace.DemandNoLink(path);
        string name = Printable.Of(path);
        using IDisposable part = Work.Part($"writing {name}");
        try
        {
            WriteFile(Resolved(path), name, write);
        }
        catch (UnauthorizedAccessException)
        {
            throw ToolException.File(
                $"'{name}' may not be written. Check the permissions of the file and its folder.");
        }
        catch (DirectoryNotFoundException)
        {
            throw ToolException.File(
                $"'{name}' cannot be written: its folder does not exist. Create it first.");
        }
        catch (IOException error)
        {
            throw ToolException.File($"'{name}' cannot be written: {Reason(error)} Name another file.");
        }
    }

    private static void WriteStandardOutput(Action<Stream> write)
    {
        if (!System.Console.IsOutputRedirected)
        {
            Work.YieldTerminal();
        }

        try
        {
            using BufferedStream output = new(StandardStreams.Output(), BufferBytes);
            write(output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ToolException.File(
                $"Standard output cannot be written: {Reason(error)} Use --output, or another place.");
        }
    }

    // As a sentence, without the name of the file that was to be moved into the user's place.
    private static string Reason(Exception error)
    {
        int path = error.Message.IndexOf(" : '", StringComparison.Ordinal);
        return $"{(path < 0 ? error.Message : error.Message[..path]).TrimEnd('.')}.";
    }

    private static void WriteFile(string path, string name, Action<Stream> write)
    {
        if (Directory.Exists(path))
        {
            throw ToolException.File($"'{name}' is a folder. Name a file in it.");
        }

        if (File.Exists(path))
        {
            using FileStream known = Known(path, name);
            if (IsDevice(path) || !known.CanSeek)
            {
                write(known);
                return;
            }
        }

        string folder = Path.GetDirectoryName(path) ?? ".";
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.tmp");
        _unfinished = temporary;
        try
        {
            using (FileStream stream = Create(temporary, path, name))
            {
                if (File.Exists(path) && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
                }

                write(stream);
                stream.Flush(flushToDisk: true);
            }

            lock (Guard)
            {
                File.Move(temporary, path, overwrite: true);
                _unfinished = null;
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // What a link leads to was looked up: one that is still a link leads nowhere.
    private static FileStream Known(string path, string name)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
        }
        catch (FileNotFoundException) when (new FileInfo(path).LinkTarget is not null)
        {
            string target = Printable.Of(new FileInfo(path).LinkTarget!);
            throw ToolException.File(
                $"'{name}' is a link to '{target}', where no file is. Make that file, or name another one.");
        }
    }

    private static FileStream Create(string temporary, string path, string name)
    {
        try
        {
            return new FileStream(temporary, Creation(path));
        }
        catch (FileNotFoundException)
        {
            throw ToolException.File(
                $"'{name}' cannot be written: no file can be made in its folder. Name another place.");
        }
    }

    // What replaces a file is its owner's alone until it has that file's mode: who opens it sooner may go on
    // reading.
    private static FileStreamOptions Creation(string path)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferBytes,
        };
        if (File.Exists(path) && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    // Devices and pipes are written as they are: moving a file into their place would replace them.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal)
        || path.StartsWith("/proc/", StringComparison.Ordinal);

    // A link stays a link: what it points at is replaced.
    private static string Resolved(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            FileSystemInfo? target = File.ResolveLinkTarget(full, returnFinalTarget: true);
            return target is { Exists: true } ? target.FullName : full;
        }
        catch (IOException)
        {
            return full;
        }
    }
}
