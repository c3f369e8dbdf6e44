namespace GraphOrder.Cli;

/// <summary>What the process ends with; the same for all commands.</summary>
internal static class ExitCodes
{
    /// <summary>Done and legal.</summary>
    public const int Done = 0;

    /// <summary>The input was understood and refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>A file cannot be read or written.</summary>
    public const int FileFailed = 3;

    /// <summary>A document is malformed.</summary>
    public const int Malformed = 4;

    /// <summary>The kernel or a peer refused: a socket that cannot be listened on.</summary>
    public const int PeerRefused = 5;

    /// <summary>A rule of the program itself is broken.</summary>
    public const int InternalError = 70;

    /// <summary>Cancelled by a signal.</summary>
    public const int Cancelled = 130;
}
