namespace GraphOrder.Cli;

/// <summary>What prevents an answer: one sentence for standard error and an exit code.</summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line is wrong.</summary>
    public static ToolException Usage(string message) => new(ExitCodes.WrongUsage, message);

    /// <summary>A file cannot be read or written.</summary>
    public static ToolException File(string message) => new(ExitCodes.FileFailed, message);

    /// <summary>The kernel or a peer refused.</summary>
    public static ToolException Peer(string message) => new(ExitCodes.PeerRefused, message);
}
