using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>Where an update stands: what <c>status</c> tells. Immutable.</summary>
/// <param name="State">How far the host came.</param>
public sealed record RunStatus(HostState State)
{
    /// <summary>
    /// The last step that failed in the journal's last kernel and was not done since, or whose memory came
    /// back other than it was; null where there is none.
    /// </summary>
    public StepRecord? Failed { get; private init; }

    /// <summary>The first step that is not known to be done; one more than there are where all are.</summary>
    public int NextStep { get; private init; }

    /// <summary>When the jump was asked for, in microseconds since 1970; null where it was not.</summary>
    public long? JumpedAt { get; private init; }

    /// <summary>The guests whose acts tell how they are.</summary>
    public ImmutableArray<GuestStatus> Guests { get; private init; } = [];

    /// <summary>Where it stands.</summary>
    public UpdateStanding Standing { get; private init; }

    /// <summary>Whether it stands in the kernel in which the journal was last written.</summary>
    public bool IsInItsKernel { get; private init; }

    /// <summary>
    /// Whether everything that could change <see cref="Standing"/> could be seen; where not, it stands as the
    /// journal has it.
    /// </summary>
    public bool IsSeen { get; private init; }

    /// <summary>Reads where an update stands.</summary>
    /// <param name="plan">The update.</param>
    /// <param name="journal">Its journal.</param>
    /// <param name="host">The machine on which it is read, which need not be the update's.</param>
    public static RunStatus Of(UpdatePlan plan, Journal journal, RunningHost host)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(host);
        string first = journal.Header.Kernel.Boot;
        string last = journal.Kernels[^1].Boot;
        bool isInItsKernel = host.Boot == last;
        bool isHandedOver = !isInItsKernel
            && host.Held.Any(held => plan.Set.TryFindSession(held.Session, out _));
        UpdateStanding? elsewhere = isInItsKernel ? null : Elsewhere(journal, host, isHandedOver);
        string boot = elsewhere is UpdateStanding.Waiting or UpdateStanding.Rebooted ? host.Boot : last;
        SessionSight sight = boot == host.Boot ? host.Sight : SessionSight.None;
        StepProgress old = StepProgress.Of(journal, plan, first);
        StepProgress now = StepProgress.Of(journal, plan, boot);
        HostState state = RunStates.Of(plan, journal, boot, sight);
        RunStatus status = new(state)
        {
            Failed = FailedOf(journal, last),
            NextStep = NextOf(plan, state, old, now),
            JumpedAt = old[plan.Steps.KexecNumber]?.BeganMicroseconds,
            Guests = GuestsOf(plan, old, now),
            IsInItsKernel = isInItsKernel,
            IsSeen = isInItsKernel ? sight.IsWhole
                : elsewhere == UpdateStanding.Rebooted
                    || (elsewhere == UpdateStanding.Waiting && isHandedOver),
        };
        bool isLetGo = journal.Header.Custody == CustodyKind.Self
            ? sight.IsAlive(journal.Kernels[^1].Process) == false
            : sight.IsWhole;
        return status with { Standing = status.StandingOf(plan, journal, elsewhere, old, isLetGo) };
    }

    // What a kernel that wrote nothing into the journal can tell.
    private static UpdateStanding Elsewhere(Journal journal, RunningHost host, bool isHandedOver)
    {
        KernelIdentity last = journal.Kernels[^1];
        bool? isItsMachine = host.IsMachineOf(last);
        bool mayHaveJumped =
            last.Boot == journal.Header.Kernel.Boot && !journal.EndedWithItsKernel(host.Boot);
        return mayHaveJumped && isItsMachine != false && (host.HasDevice || isHandedOver)
            ? UpdateStanding.Waiting
            : !mayHaveJumped && isItsMachine == true && host.Boot.Length > 0 ? UpdateStanding.Rebooted
            : UpdateStanding.Unknown;
    }

    private UpdateStanding StandingOf(
        UpdatePlan plan, Journal journal, UpdateStanding? elsewhere, StepProgress old, bool isLetGo)
    {
        bool isSelf = journal.Header.Custody == CustodyKind.Self;
        SessionState[] sessions =
            [.. plan.Set.Sessions.Select((_, index) => State[new SessionId(index)])];
        FileState[] files = [.. plan.Set.Objects.Select((_, index) => State[new ObjectId(index)])];
        return journal.IsDone is { } isDone ? isDone ? UpdateStanding.Done : UpdateStanding.CalledOff
            : sessions.Length > 0
                && sessions.All(static state => state == SessionState.Finished)
                && !files.Any(static state => state is FileState.Failed or FileState.Lost)
                ? UpdateStanding.Done
            : elsewhere is { } told ? told
            : State.IsOldKernel ? OldStanding(plan, sessions, isSelf, old, isLetGo)
            : isSelf && Failed is null && files.Contains(FileState.Lost) ? UpdateStanding.Lost
            : UpdateStanding.Stopped;
    }

    private UpdateStanding OldStanding(
        UpdatePlan plan, SessionState[] sessions, bool isSelf, StepProgress old, bool isLetGo)
    {
        int kexec = plan.Steps.KexecNumber;
        bool isPreserved = NextStep > kexec && old.IsJournalPreserved && old[kexec] is null;
        return isLetGo && sessions.All(static state => state == SessionState.Closed) ? UpdateStanding.LetGo
            : !isSelf && isPreserved && sessions.All(static state => state == SessionState.Open)
                ? UpdateStanding.Ready
            : UpdateStanding.Stopped;
    }

    private static int NextOf(UpdatePlan plan, HostState state, StepProgress old, StepProgress now)
    {
        bool isOld = state.IsOldKernel;
        int kexec = plan.Steps.KexecNumber;
        int next = isOld ? 1 : kexec + 1;
        while (next <= plan.Steps.Count
            && (now.IsDone(next) || (isOld && next == kexec && old[kexec] is null)
                || IsOpened(plan.Steps[next], state)))
        {
            next++;
        }

        return next;
    }

    // Where somebody else retrieved a session, no step of the journal says so.
    private static bool IsOpened(RunStep step, HostState state) =>
        step is { Verb: StepVerb.RetrieveSession, Session: { } session }
        && (state[session] is SessionState.Retrieved or SessionState.Finished);

    // What was done by another try is not failed any more.
    private static StepRecord? FailedOf(Journal journal, string boot)
    {
        HashSet<(int Step, StepVerb Verb)> later = [];
        for (int i = journal.Steps.Length - 1; i >= 0; i--)
        {
            StepRecord step = journal.Steps[i];
            if (journal.Kernels[step.Kernel].Boot == boot
                && later.Add((step.Step, step.Verb))
                && (step.IsFailed || (later.Count == 1 && DiffersOf(journal, step) is not null)))
            {
                return step.IsFailed ? step : step with { Why = DiffersOf(journal, step) };
            }
        }

        return null;
    }

    // What came back and is not as it was stops the run, unless it was taken all the same.
    private static string? DiffersOf(Journal journal, StepRecord step) =>
        step is { Verb: StepVerb.Retrieve, IsDone: true, ObjectName: { } id }
            && !journal.Handed.Contains(id)
            && journal.Checked.GetValueOrDefault(id) is { IsDefaultOrEmpty: false }
            ? "it came back and is not as it was"
            : null;

    private static ImmutableArray<GuestStatus> GuestsOf(UpdatePlan plan, StepProgress old, StepProgress now)
    {
        ImmutableArray<GuestStatus>.Builder guests = ImmutableArray.CreateBuilder<GuestStatus>();
        for (int i = 0; i < plan.Graph.SessionCount; i++)
        {
            if (plan.Set.Sessions[i].Blackout is not { } blackout)
            {
                continue;
            }

            int pause = plan.Steps.Of(Phase.Preserve, blackout.Pause);
            int resume = plan.Steps.Of(Phase.Retrieve, blackout.Resume);
            bool wasPaused = pause > 0 && (old.IsDone(pause) || now.IsDone(pause));
            bool wasResumed = resume > 0 && (old.IsDone(resume) || now.IsDone(resume));
            guests.Add(new GuestStatus(
                new SessionId(i), wasPaused && !wasResumed, wasResumed ? resume : wasPaused ? pause : 0));
        }

        return guests.ToImmutable();
    }
}
