using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// How far a host came in a live update, before or after the jump, as the document <c>graphorder/state/1</c>
/// has it. It belongs to one set. Immutable and thread-safe.
/// </summary>
public sealed class HostState
{
    private readonly SessionState[] _sessions;
    private readonly FileState[] _files;
    private readonly int?[] _processes;

    /// <summary>A host on which nothing was done yet after the jump, or everything before it.</summary>
    /// <param name="set">The set.</param>
    /// <param name="isOldKernel">Whether the update stopped before the jump.</param>
    public HostState(SessionSet set, bool isOldKernel = false)
        : this(set, isOldKernel, [], [])
    {
    }

    /// <summary>A host of which something is said.</summary>
    /// <param name="set">The set.</param>
    /// <param name="isOldKernel">Whether the update stopped before the jump.</param>
    /// <param name="sessions">
    /// States of sessions and, where known, the process that holds a session's descriptor. Those that are
    /// not named are held in the new kernel, open in the old one.
    /// </param>
    /// <param name="files">
    /// States of files; what is not named follows from its session (<see cref="HostStates.Following"/>).
    /// </param>
    /// <exception cref="ArgumentException">
    /// A session or file is not the set's, or in a state of the other kernel, or the two contradict each
    /// other (<see cref="HostStates.Allows"/>), or something that is no file has a state.
    /// </exception>
    public HostState(
        SessionSet set,
        bool isOldKernel,
        ImmutableArray<(SessionId Session, SessionState State, int? Process)> sessions,
        ImmutableArray<(ObjectId File, FileState State)> files)
    {
        ArgumentNullException.ThrowIfNull(set);
        Set = set;
        IsOldKernel = isOldKernel;
        _sessions = new SessionState[set.Sessions.Length];
        _processes = new int?[set.Sessions.Length];
        _files = new FileState[set.Objects.Length];
        Array.Fill(_sessions, isOldKernel ? SessionState.Open : SessionState.Held);
        foreach ((SessionId session, SessionState state, int? process) in sessions)
        {
            Demand(IsBelow(session.Index, _sessions.Length), "A session is not the set's.");
            Demand(state.IsOfOldKernel() == isOldKernel, "A session is in a state of the other kernel.");
            _sessions[session.Index] = state;
            _processes[session.Index] = process;
        }

        for (int i = 0; i < _files.Length; i++)
        {
            _files[i] = set.Objects[i].Session is { } own ? this[own].Following() : FileState.Untouched;
        }

        foreach ((ObjectId file, FileState state) in files)
        {
            Demand(IsBelow(file.Index, _files.Length), "A file is not the set's.");
            SessionId? own = set.Objects[file.Index].Session;
            Demand(own is not null, "Only a file has a state; what it carries has the same.");
            Demand(this[own!.Value].Allows(state), "A file is in a state that its session's excludes.");
            _files[file.Index] = state;
        }
    }

    /// <summary>The set that it belongs to.</summary>
    public SessionSet Set { get; }

    /// <summary>Whether the update stopped before the jump.</summary>
    public bool IsOldKernel { get; }

    /// <summary>How far a session came.</summary>
    public SessionState this[SessionId session] => _sessions[session.Index];

    /// <summary>
    /// How far an object came: a file by itself, what it carries with it. Untouched for what the kernel
    /// moves.
    /// </summary>
    public FileState this[ObjectId id] => _files[(Set.Objects[id.Index].Carrier ?? id).Index];

    /// <summary>The process that holds a session's descriptor; null where nobody says.</summary>
    public int? ProcessOf(SessionId session) => _processes[session.Index];

    private static bool IsBelow(int index, int count) => index >= 0 && index < count;

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
