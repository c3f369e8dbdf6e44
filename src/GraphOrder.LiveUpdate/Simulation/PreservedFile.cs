namespace GraphOrder.LiveUpdate;

/// <summary>A file in a session of the simulated kernel.</summary>
internal sealed class PreservedFile(ulong token, FileHandler handler)
{
    public ulong Token { get; } = token;

    public FileHandler Handler { get; } = handler;

    /// <summary>In the old kernel the file preserved; in the next one the file retrieved, null before that.
    /// </summary>
    public OpenFile? File { get; set; }

    /// <summary>What the handler kept for the next kernel.</summary>
    public object? Record { get; set; }

    /// <summary>Why its retrieve failed, which stays.</summary>
    public Errno RetrieveError { get; set; }
}
