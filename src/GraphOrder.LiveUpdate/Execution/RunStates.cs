using System.Collections.Immutable;

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
    /// <param name="boot">The kernel that runs (/proc/sys/kernel/random/boot_id).</param>
    /// <param name="held">
    /// Who holds sessions; default where that cannot be seen, and the journal is believed.
    /// </param>
    public static HostState Of(
        UpdatePlan plan, Journal journal, string boot, ImmutableArray<HeldSession> held)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(journal);
        bool isOld = boot == journal.Header.Kernel.Boot;
        StepProgress progress = StepProgress.Of(journal, plan, boot);
        bool wasElsewhere = !isOld && journal.Kernels.Any(
            kernel => kernel.Boot != boot && kernel.Boot != journal.Header.Kernel.Boot);
        Dictionary<string, int> holders = [];
        foreach (HeldSession each in held.IsDefault ? [] : held)
        {
            holders.TryAdd(each.Session, each.Process);
        }

        List<(SessionId, SessionState, int?)> sessions = [];
        List<(ObjectId, FileState)> files = [];
        SessionState[] states = new SessionState[plan.Graph.SessionCount];
        for (int i = 0; i < states.Length; i++)
        {
            SessionId session = new(i);
            string name = plan.Set.NameOf(session);
            bool isHeld = holders.TryGetValue(name, out int process);
            bool? seen = held.IsDefault ? null : isHeld;
            states[i] = isOld ? OldSession(plan, journal, progress, session, seen)
                : wasElsewhere ? SessionState.Lost
                : NewSession(plan, progress, session, seen);
            sessions.Add((session, states[i], isHeld ? process : null));
        }

        for (int i = 0; i < plan.Graph.ObjectCount; i++)
        {
            ObjectId file = new(i);
            if (plan.Graph[file].Session is { } session)
            {
                files.Add((file, isOld
                    ? OldFile(plan, progress, file, states[session.Index])
                    : NewFile(plan, journal, progress, file, states[session.Index], held)));
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
        UpdatePlan plan, StepProgress progress, SessionId session, bool? isHeld)
    {
        if (FinishOf(plan, session) is var finish and > 0 && progress.IsDone(finish))
        {
            return SessionState.Finished;
        }

        StepRecord? opened = Opened(plan, progress, session);
        return opened switch
        {
            { IsFailed: true, Error: Errno.NoEntry } => SessionState.Lost,
            null or { IsFailed: true } => isHeld == true ? SessionState.Retrieved : SessionState.Held,
            { IsDone: true } => isHeld == false ? SessionState.Finished : SessionState.Retrieved,

            // Nobody knows whether it was taken; the kernel tells who asks.
            _ => isHeld == true ? SessionState.Retrieved : SessionState.Held,
        };
    }

    private static FileState NewFile(
        UpdatePlan plan,
        Journal journal,
        StepProgress progress,
        ObjectId file,
        SessionState session,
        ImmutableArray<HeldSession> held)
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
                        || (finish is { IsDone: true } && IsAlive(journal, finish, held)) ? FileState.Finished
                    : FileState.Lost;
            default:
                return isFailed ? FileState.Failed
                    : retrieve is { IsDone: true } ? FileState.Retrieved
                    : FileState.Untouched;
        }
    }

    // Until all is over the process holds a session at least: the journal's own is finished last.
    private static bool IsAlive(Journal journal, StepRecord finish, ImmutableArray<HeldSession> held)
    {
        int process = journal.Kernels[finish.Kernel].Process;
        bool isAlive = held.IsDefault || journal.IsDone == true;
        for (int i = 0; !isAlive && i < held.Length; i++)
        {
            isAlive = held[i].Process == process;
        }

        return isAlive;
    }

    /// <summary>Whether the kernel keeps the error of a failed retrieve.</summary>
    internal static bool IsForGood(Errno error) =>
        error is not (Errno.None or Errno.TooManyFiles or Errno.Interrupted or Errno.BadDescriptor);

    internal static int FinishOf(UpdatePlan plan, SessionId session) =>
        plan.Steps.Of(Phase.Finish, session) is var whole and > 0 ? whole : 0;

    private static StepRecord? Opened(UpdatePlan plan, StepProgress progress, SessionId session) =>
        plan.Steps.OpenOf(session) is var number and > 0 ? progress[number] : null;
}
