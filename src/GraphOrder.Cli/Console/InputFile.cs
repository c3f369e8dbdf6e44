using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>Opens what the user names: a file, or <c>-</c> for standard input.</summary>
internal static class InputFile
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>What stops the run; there is one in a process.</summary>
    public static CancellationToken Cancellation { get; set; }

    /// <summary>How messages call it.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Tells that it is read, and how far.</summary>
    public static IDisposable Reading(string path, Stream stream)
    {
        string name = $"reading {Printable.Of(NameOf(path))}";
        if (stream is not FileStream { CanSeek: true, Length: > 0 and long length } file)
        {
            return Work.Part(name);
        }

        return Work.Part(name, () => file.SafeFileHandle.IsClosed
            ? Bytes.Of(length)
            : $"{Bytes.Of(file.Position)} of {Bytes.Of(length)}");
    }

    /// <summary>Opens it for reading from its beginning.</summary>
    /// <exception cref="ToolException">It cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (path == StandardInput)
        {
            if (!System.Console.IsInputRedirected)
            {
                Work.YieldTerminal();
            }

            return new PipedInput(StandardStreams.Input(), Cancellation);
        }

        if (path.Length == 0)
        {
            throw ToolException.Usage(
                "The name of the file is empty. Name a file, or '-' for standard input.");
        }

        string name = Printable.Of(path);

        if (Directory.Exists(path))
        {
            throw ToolException.File($"'{name}' is a folder. Name a file in it, or '-' for standard input.");
        }

        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ToolException.File(
                $"There is no file '{name}'. Check the path, or use '-' for standard input.");
        }
        catch (UnauthorizedAccessException)
        {
            throw ToolException.File($"'{name}' may not be read. Check its permissions.");
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw ToolException.File($"'{name}' cannot be read: {error.Message} Check the path.");
        }
    }
}
