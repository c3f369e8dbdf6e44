namespace GraphOrder.Cli;

/// <summary>
/// Where an answer goes: standard output, or a file that is written beside its place and then moved there,
/// so that a failure leaves what was there before.
/// </summary>
internal static class OutputFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes an answer.</summary>
    /// <param name="path">The file; null for standard output.</param>
    /// <param name="write">Writes to the stream, which is buffered and flushed here.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void Write(string? path, Action<Stream> write)
    {
        if (path is null)
        {
            using BufferedStream output = new(System.Console.OpenStandardOutput(), BufferBytes);
            write(output);
            return;
        }

        try
        {
            WriteFile(path, write);
        }
        catch (UnauthorizedAccessException)
        {
            throw ToolException.File(
                $"'{path}' may not be written. Check the permissions of the file and its folder.");
        }
        catch (DirectoryNotFoundException)
        {
            throw ToolException.File(
                $"'{path}' cannot be written: its folder does not exist. Create it first.");
        }
        catch (IOException error)
        {
            throw ToolException.File($"'{path}' cannot be written: {error.Message}");
        }
    }

    private static void WriteFile(string path, Action<Stream> write)
    {
        if (Directory.Exists(path))
        {
            throw ToolException.File($"'{path}' is a folder. Name a file in it.");
        }

        if (IsDevice(path))
        {
            using FileStream device = new(
                path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
            write(device);
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():n}.tmp");
        try
        {
            using (FileStream stream = new(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Devices and pipes are written as they are: moving a file into their place would replace them.
    private static bool IsDevice(string path)
    {
        string full = Path.GetFullPath(path);
        return full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith(
            "/proc/", StringComparison.Ordinal);
    }
}
