using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Which acts would lose something now.</summary>
internal static class ForbiddenActs
{
    /// <summary>Those of the new kernel.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="state">How far the host came.</param>
    /// <param name="pinned">The sessions that cannot be finished.</param>
    /// <param name="isFree">Whether a session can be finished before all others.</param>
    public static ImmutableArray<ForbiddenAct> InNewKernel(
        HostLists lists,
        HostState state,
        ImmutableArray<PinnedSession> pinned,
        Func<SessionId, bool> isFree)
    {
        Dictionary<SessionId, ObjectId> discarded = [];
        foreach (ObjectId file in lists.Files)
        {
            if (state[file] == FileState.Untouched)
            {
                discarded.TryAdd(state.Set.Objects[file.Index].Session!.Value, file);
            }
        }

        List<ForbiddenAct> acts = [];
        SessionId[] retrieved = [.. lists.Sessions.Where(each => state[each] == SessionState.Retrieved)];
        foreach (SessionId session in retrieved)
        {
            if (discarded.ContainsKey(session) || !isFree(session))
            {
                acts.Add(new ForbiddenAct(ForbiddenKind.Exit, session, state.ProcessOf(session)));
            }
        }

        if (Array.Exists(lists.Sessions, each => state[each] is SessionState.Held or SessionState.Retrieved))
        {
            acts.Add(new ForbiddenAct(ForbiddenKind.Kexec, null));
        }

        Dictionary<SessionId, PinnedSession> pins = pinned.ToDictionary(each => each.Session);
        foreach (SessionId session in retrieved)
        {
            UnmetDependency? because = pins.TryGetValue(session, out PinnedSession? pin) && !pin.By.IsEmpty
                ? pin.By[0]
                : null;
            ObjectId? file = discarded.TryGetValue(session, out ObjectId found) ? found : null;
            if (because is not null || file is not null)
            {
                acts.Add(new ForbiddenAct(ForbiddenKind.Finish, session, null, because, file));
            }
        }

        return [.. acts];
    }

    /// <summary>Those of the old kernel: whoever holds an open session must not exit.</summary>
    public static ImmutableArray<ForbiddenAct> InOldKernel(
        HostLists lists, HostState state, ImmutableArray<PinnedSession> pinned)
    {
        List<ForbiddenAct> acts = [];
        foreach (SessionId session in lists.Sessions)
        {
            if (state[session] == SessionState.Open)
            {
                acts.Add(new ForbiddenAct(ForbiddenKind.ExitOldKernel, session, state.ProcessOf(session)));
            }
        }

        foreach (PinnedSession pin in pinned)
        {
            acts.Add(new ForbiddenAct(ForbiddenKind.Close, pin.Session, null, pin.By[0]));
        }

        return [.. acts];
    }
}
