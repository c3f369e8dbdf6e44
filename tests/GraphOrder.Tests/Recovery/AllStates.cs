namespace GraphOrder.Tests.Recovery;

/// <summary>Every state that a host can be in with a set.</summary>
internal static class AllStates
{
    /// <summary>All of them.</summary>
    public static IEnumerable<HostState> Of(SessionSet set, bool isOldKernel)
    {
        ObjectId[][] filesOf =
        [
            .. Enumerable.Range(0, set.Sessions.Length).Select(session =>
                Enumerable.Range(0, set.Objects.Length)
                    .Where(id => set.Objects[id].Session == new SessionId(session))
                    .Select(id => new ObjectId(id))
                    .ToArray()),
        ];
        IEnumerable<Choice> all = [new Choice([], [])];
        for (int session = 0; session < filesOf.Length; session++)
        {
            Choice[] own = [.. OfSession(new SessionId(session), filesOf[session], isOldKernel)];
            all = all.SelectMany(_ => own, static (left, right) => left.With(right));
        }

        return all.Select(choice => new HostState(
            set, isOldKernel, [.. choice.Sessions], [.. choice.Files]));
    }

    /// <summary>One state by chance.</summary>
    public static HostState Next(SessionSet set, bool isOldKernel, Random random)
    {
        SessionState[] states = HostStates.SessionsOf(isOldKernel);
        SessionState[] sessions =
        [
            .. set.Sessions.Select(
                _ => states[random.Next(3) == 0 ? random.Next(states.Length) : states.Length / 3]),
        ];
        List<(ObjectId, FileState)> files = [];
        for (int i = 0; i < set.Objects.Length; i++)
        {
            if (set.Objects[i].Session is { } session)
            {
                FileState[] allowed = Allowed(sessions[session.Index], isOldKernel);
                files.Add((new ObjectId(i), allowed[random.Next(allowed.Length)]));
            }
        }

        return new HostState(
            set,
            isOldKernel,
            [.. sessions.Select((state, i) => (new SessionId(i), state, (int?)null))],
            [.. files]);
    }

    private static IEnumerable<Choice> OfSession(SessionId session, ObjectId[] files, bool isOldKernel)
    {
        foreach (SessionState state in HostStates.SessionsOf(isOldKernel))
        {
            IEnumerable<Choice> all = [new Choice([(session, state, null)], [])];
            foreach (ObjectId file in files)
            {
                all = all.SelectMany(
                    _ => Allowed(state, isOldKernel),
                    (choice, own) => choice.With(new Choice([], [(file, own)])));
            }

            foreach (Choice choice in all)
            {
                yield return choice;
            }
        }
    }

    private static FileState[] Allowed(SessionState session, bool isOldKernel) =>
        [.. HostStates.FilesOf(isOldKernel).Where(file => session.Allows(file))];

    private sealed record Choice(
        (SessionId, SessionState, int?)[] Sessions, (ObjectId, FileState)[] Files)
    {
        public Choice With(Choice other) =>
            new([.. Sessions, .. other.Sessions], [.. Files, .. other.Files]);
    }
}
