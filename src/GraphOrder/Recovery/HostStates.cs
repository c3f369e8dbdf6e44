namespace GraphOrder;

/// <summary>What is the same for every host about the states of sessions and files.</summary>
public static class HostStates
{
    private static readonly string[] SessionNames =
        ["held", "retrieved", "finished", "lost", "open", "closed"];

    private static readonly string[] FileNames =
    [
        "untouched", "retrieved", "failed", "finished", "lost", "preserved", "frozen", "unfrozen", "dead",
    ];

    /// <summary>The name that documents use.</summary>
    public static string Name(this SessionState state) => SessionNames[(int)state];

    /// <summary>The name that documents use.</summary>
    public static string Name(this FileState state) => FileNames[(int)state];

    /// <summary>Whether a session of the old kernel may be in this state; else one of the new may.</summary>
    public static bool IsOfOldKernel(this SessionState state) => state >= SessionState.Open;

    /// <summary>Whether a file of a kernel may be in this state.</summary>
    public static bool IsOf(this FileState state, bool oldKernel) =>
        state == FileState.Untouched || (state >= FileState.Preserved) == oldKernel;

    /// <summary>The states of a session in a kernel, in the order of their names in the contract.</summary>
    public static SessionState[] SessionsOf(bool oldKernel) =>
        [.. Enum.GetValues<SessionState>().Where(state => state.IsOfOldKernel() == oldKernel)];

    /// <summary>The states of a file in a kernel, in the order of their names in the contract.</summary>
    public static FileState[] FilesOf(bool oldKernel) =>
        [.. Enum.GetValues<FileState>().Where(state => state.IsOf(oldKernel))];

    /// <summary>
    /// The state of a file of which nothing is said, which follows from its session's: what a finished or
    /// lost session held is finished or lost with it, what an open one holds is preserved.
    /// </summary>
    public static FileState Following(this SessionState session) => session switch
    {
        SessionState.Finished => FileState.Finished,
        SessionState.Lost => FileState.Lost,
        SessionState.Open => FileState.Preserved,
        _ => FileState.Untouched,
    };

    /// <summary>
    /// Whether a file can be in a state while its session is in another: nothing of a held session was
    /// retrieved, nothing of a finished one still can be, nothing of a lost one is there, and nothing of a
    /// closed one is preserved, though what is dead stays dead.
    /// </summary>
    public static bool Allows(this SessionState session, FileState file) =>
        file.IsOf(session.IsOfOldKernel()) && session switch
        {
            SessionState.Held => file is FileState.Untouched or FileState.Lost,
            SessionState.Finished => file is FileState.Finished or FileState.Failed or FileState.Lost,
            SessionState.Lost => file == FileState.Lost,
            SessionState.Closed => file is FileState.Untouched or FileState.Dead,
            _ => true,
        };
}
