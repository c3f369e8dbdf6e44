namespace GraphOrder.LiveUpdate;

/// <summary>
/// How far a host came, from its journal and from who holds its sessions: what <c>recover</c> takes as a
/// state.
/// Thread-safe.
/// </summary>
public static class RunStates
{
    /// <summary>Reads the state.</summary>
    /// <param name="plan">The update.</param>
    /// <param name="journal">Its journal.</param>
    /// <param name="boot">The kernel that is spoken of (/proc/sys/kernel/random/boot_id).</param>
    /// <param name="sight">Who holds sessions; what could not be seen, the journal is believed.</param>
    public static HostState Of(UpdatePlan plan, Journal journal, string boot, SessionSight sight)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(sight);
        bool isOld = boot == journal.Header.Kernel.Boot;
        StepProgress progress = StepProgress.Of(journal, plan, boot);
        bool wasElsewhere = !isOld && journal.Kernels.Any(
            kernel => kernel.Boot != boot && kernel.Boot != journal.Header.Kernel.Boot);
        List<(SessionId, SessionState, int?)> sessions = [];
        List<(ObjectId, FileState)> files = [];
        SessionState[] states = new SessionState[plan.Graph.SessionCount];
        bool[] wasUsed = UsedSessions(plan, progress);
        for (int i = 0; i < states.Length; i++)
        {
            SessionId session = new(i);
            string name = plan.Set.NameOf(session);
            bool? isHeld = sight.IsHeld(name);
            states[i] = isOld ? OldSession(plan, journal, progress, session, isHeld)
                : wasElsewhere && WasFinished(plan, journal, session) ? SessionState.Finished
                : wasElsewhere ? SessionState.Lost
                : NewSession(plan, progress, session, wasUsed[i], isHeld);
            sessions.Add((session, states[i], sight.HolderOf(name)));
        }

        for (int i = 0; i < plan.Graph.ObjectCount; i++)
        {
            ObjectId file = new(i);
            if (plan.Graph[file].Session is { } session)
            {
                files.Add((file, isOld
                    ? OldFile(plan, progress, file, states[session.Index])
                    : wasElsewhere && states[session.Index] == SessionState.Finished ? FileState.Finished
                    : NewFile(plan, journal, progress, file, states[session.Index], sight)));
            }
        }

        return new HostState(plan.Set, isOld, [.. sessions], [.. files]);
    }

    private static SessionState OldSession(
        UpdatePlan plan, Journal journal, StepProgress progress, SessionId session, bool? isHeld)
    {
        int create = plan.Steps.CreateOf(session);
        bool wasMade = create > 0 && progress.IsDone(create);
        bool isOpen = isHeld ?? (wasMade && !journal.Closed.Contains(plan.Set.NameOf(session)));
        return isOpen ? SessionState.Open : SessionState.Closed;
    }

    private static FileState OldFile(
        UpdatePlan plan, StepProgress progress, ObjectId file, SessionState session)
    {
        // In doubt means that the kernel may have it: what holds more is believed.
        int preserve = plan.Steps.Of(Phase.Preserve, file);
        bool isPreserved = progress.IsDone(preserve) || progress.IsInDoubt(preserve);
        return session == SessionState.Closed || !isPreserved ? FileState.Untouched
            : progress.IsFailed(plan.Steps.KexecNumber) ? FileState.Unfrozen
            : FileState.Preserved;
    }

    private static SessionState NewSession(
        UpdatePlan plan, StepProgress progress, SessionId session, bool wasUsed, bool? isHeld)
    {
        if (FinishOf(plan, session) is var finish and > 0 && progress.IsDone(finish))
        {
            return SessionState.Finished;
        }

        // Somebody else may have retrieved it, and handed it over.
        StepRecord? opened = Opened(plan, progress, session);
        bool wasOpened = opened is { IsDone: true } || (opened is null && wasUsed);

        // Of what is in doubt the kernel tells who asks.
        return opened is { IsFailed: true, Error: Errno.NoEntry } ? SessionState.Lost
            : wasOpened ? isHeld == false ? SessionState.Finished : SessionState.Retrieved
            : isHeld == true ? SessionState.Retrieved
            : SessionState.Held;
    }

    private static bool[] UsedSessions(UpdatePlan plan, StepProgress progress)
    {
        bool[] wasUsed = new bool[plan.Graph.SessionCount];
        for (int i = 0; i < plan.Graph.ObjectCount; i++)
        {
            ObjectId file = new(i);
            if (plan.Graph[file].Session is { } session
                && plan.Steps.Of(Phase.Retrieve, file) is var number and > 0)
            {
                wasUsed[session.Index] |= progress.IsDone(number);
            }
        }

        return wasUsed;
    }

    private static FileState NewFile(
        UpdatePlan plan,
        Journal journal,
        StepProgress progress,
        ObjectId file,
        SessionState session,
        SessionSight sight)
    {
        int number = plan.Steps.Of(Phase.Retrieve, file);
        StepRecord? retrieve = number > 0 ? progress[number] : null;
        bool isFailed = retrieve is { IsFailed: true } && IsForGood(retrieve.Error);
        switch (session)
        {
            case SessionState.Lost:
                return FileState.Lost;
            case SessionState.Held:
                return FileState.Untouched;
            case SessionState.Finished:
                // Only what somebody else holds outlives the process that retrieved it.
                StepRecord? finish = progress[FinishOf(plan, plan.Graph[file].Session!.Value)];
                return isFailed ? FileState.Failed
                    : journal.Handed.Contains(plan.Set.NameOf(file))
                        || (finish is { IsDone: true } && IsAlive(journal, finish, sight))
                        ? FileState.Finished
                    : FileState.Lost;
            default:
                return isFailed ? FileState.Failed
                    : retrieve is { IsDone: true } ? FileState.Retrieved
                    : FileState.Untouched;
        }
    }

    // The program that it becomes at the end is the same process.
    private static bool IsAlive(Journal journal, StepRecord finish, SessionSight sight) =>
        journal.IsDone == true || sight.IsAlive(journal.Kernels[finish.Kernel].Process) != false;

    // In any kernel: what was finished in one needs nothing of the next.
    private static bool WasFinished(UpdatePlan plan, Journal journal, SessionId session)
    {
        int finish = FinishOf(plan, session);
        return finish > 0
            && journal.Steps.Any(step => step.Step == finish && step.Verb == StepVerb.Finish && step.IsDone);
    }

    /// <summary>Whether the kernel keeps the error of a failed retrieve.</summary>
    internal static bool IsForGood(Errno error) =>
        error is not (Errno.None or Errno.TooManyFiles or Errno.Interrupted or Errno.BadDescriptor);

    internal static int FinishOf(UpdatePlan plan, SessionId session) =>
        plan.Steps.Of(Phase.Finish, session) is var whole and > 0 ? whole : 0;

    private static StepRecord? Opened(UpdatePlan plan, StepProgress progress, SessionId session) =>
        plan.Steps.OpenOf(session) is var number and > 0 ? progress[number] : null;
}
