namespace GraphOrder;

/// <summary>A session or file of a state while it is read.</summary>
internal sealed class StateEntry
{
    public SourceLocation Location { get; init; }

    public string? Name { get; set; }

    public SourceLocation NameLocation { get; set; }

    public string? State { get; set; }

    public SourceLocation StateLocation { get; set; }

    public int? Process { get; set; }
}

/// <summary>A state while it is read: names, before it is known what they stand for.</summary>
internal sealed class PendingState
{
    public bool IsOldKernel { get; set; }

    public List<StateEntry> Sessions { get; } = [];

    public List<StateEntry> Files { get; } = [];

    /// <summary>The state; null where problems stand in the way.</summary>
    public HostState? Resolve(SessionSet set, DiagnosticList problems)
    {
        Dictionary<SessionId, SourceLocation> firsts = [];
        Dictionary<SessionId, (SessionState State, int? Process)> sessions = [];
        foreach (StateEntry entry in Sessions)
        {
            if (entry.Name is { } name && FindSession(set, entry, name, problems) is { } id
                && IsFirst(firsts, id, entry, problems)
                && TryState(
                    entry,
                    HostStates.SessionsOf(IsOldKernel),
                    HostStates.Name,
                    problems,
                    out SessionState state))
            {
                sessions.Add(id, (state, entry.Process));
            }
        }

        Dictionary<ObjectId, SourceLocation> firstFiles = [];
        Dictionary<ObjectId, FileState> files = [];
        foreach (StateEntry entry in Files)
        {
            if (entry.Name is { } name && FindFile(set, entry, name, problems) is { } id
                && IsFirst(firstFiles, id, entry, problems)
                && TryState(
                    entry, HostStates.FilesOf(IsOldKernel), HostStates.Name, problems, out FileState state))
            {
                files.Add(id, state);
                SessionId own = set.Objects[id.Index].Session!.Value;
                SessionState unnamed = IsOldKernel ? SessionState.Open : SessionState.Held;
                SessionState session = sessions.TryGetValue(own, out (SessionState State, int?) said)
                    ? said.State
                    : unnamed;
                if (!session.Allows(state))
                {
                    Report(
                        problems,
                        DiagnosticCode.StateContradicted,
                        entry.StateLocation,
                        new("id", name),
                        new("state", state.Name()),
                        new("session", set.NameOf(own)),
                        new("sessionState", session.Name()),
                        new("unnamed", unnamed.Name()));
                }
            }
        }

        return problems.HasErrors ? null : new HostState(
            set,
            IsOldKernel,
            [.. sessions.Select(each => (each.Key, each.Value.State, each.Value.Process))],
            [.. files.Select(each => (each.Key, each.Value))]);
    }

    private static SessionId? FindSession(
        SessionSet set, StateEntry entry, string name, DiagnosticList problems)
    {
        if (set.TryFindSession(name, out SessionId id))
        {
            return id;
        }

        ReportUnknown(
            problems, DiagnosticCode.UnknownSession, entry.NameLocation, "name", name, set.SessionNames);
        return null;
    }

    private static ObjectId? FindFile(SessionSet set, StateEntry entry, string name, DiagnosticList problems)
    {
        if (!set.TryFind(name, out ObjectId id))
        {
            ReportUnknown(problems, DiagnosticCode.UnknownObject, entry.NameLocation, "id", name, set.Ids);
            return null;
        }

        PreservedObject found = set.Objects[id.Index];
        if (found.IsFile)
        {
            return id;
        }

        List<DiagnosticFact> facts =
        [
            new("id", name),
            new("rule", found.IsMovedByKernel ? "the kernel moves it" : "it is in a file"),
        ];
        if (found.Carrier is { } carrier)
        {
            facts.Add(new("carrier", set.NameOf(carrier)));
        }

        Report(problems, DiagnosticCode.StateOfNoFile, entry.NameLocation, [.. facts]);
        return null;
    }

    private static void ReportUnknown(
        DiagnosticList problems,
        DiagnosticCode code,
        SourceLocation location,
        string member,
        string name,
        NameTable known)
    {
        string? suggestion = Similarity.Nearest(name, known, new int[known.Count]);
        DiagnosticFact[] facts = suggestion is null
            ? [new(member, name)]
            : [new(member, name), new("suggestion", suggestion)];
        Report(problems, code, location, facts);
    }

    private static bool IsFirst<T>(
        Dictionary<T, SourceLocation> firsts, T id, StateEntry entry, DiagnosticList problems)
        where T : notnull
    {
        if (firsts.TryAdd(id, entry.Location))
        {
            return true;
        }

        Report(
            problems,
            DiagnosticCode.StateRepeated,
            entry.NameLocation,
            new("id", entry.Name!),
            new("firstLine", firsts[id].Line));
        return false;
    }

    private static bool TryState<T>(
        StateEntry entry, T[] states, Func<T, string> nameOf, DiagnosticList problems, out T state)
        where T : struct
    {
        state = default;
        if (entry.State is not { } text)
        {
            return false;
        }

        foreach (T candidate in states)
        {
            if (nameOf(candidate) == text)
            {
                state = candidate;
                return true;
            }
        }

        string[] names = [.. states.Select(nameOf)];
        List<DiagnosticFact> facts =
        [
            new("member", "state"), new("found", text), new("expected", string.Join(", ", names)),
        ];
        if (Similarity.Nearest(text, names) is { } suggestion)
        {
            facts.Add(new("suggestion", suggestion));
        }

        Report(problems, DiagnosticCode.WrongValue, entry.StateLocation, [.. facts]);
        return false;
    }

    private static void Report(
        DiagnosticList problems,
        DiagnosticCode code,
        SourceLocation location,
        params DiagnosticFact[] facts) =>
        problems.Add(
            new Diagnostic(code, DiagnosticSeverity.Error) { Location = location, Facts = [.. facts] });
}
