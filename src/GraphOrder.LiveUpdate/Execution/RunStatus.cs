using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>Where an update stands: what <c>status</c> tells. Immutable.</summary>
/// <param name="State">How far the host came.</param>
public sealed record RunStatus(HostState State)
{
    /// <summary>
    /// The last step that failed in the kernel that runs and was not done since; null where there is none.
    /// </summary>
    public StepRecord? Failed { get; private init; }

    /// <summary>The first step that is not known to be done; one more than there are where all are.</summary>
    public int NextStep { get; private init; }

    /// <summary>When the jump was asked for, in microseconds since 1970; null where it was not.</summary>
    public long? JumpedAt { get; private init; }

    /// <summary>The guests whose acts tell how they are.</summary>
    public ImmutableArray<GuestStatus> Guests { get; private init; } = [];

    /// <summary>Whether the jump was asked for, and the new kernel's side was not begun.</summary>
    public bool IsToBeResumed { get; private init; }

    /// <summary>Whether everything is preserved, the journal too, and the jump was not asked for.</summary>
    public bool IsReady { get; private init; }

    /// <summary>Reads where an update stands.</summary>
    /// <param name="plan">The update.</param>
    /// <param name="journal">Its journal.</param>
    /// <param name="boot">The kernel that runs.</param>
    /// <param name="held">Who holds sessions; default where that cannot be seen.</param>
    public static RunStatus Of(
        UpdatePlan plan, Journal journal, string boot, ImmutableArray<HeldSession> held)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(journal);
        StepProgress old = StepProgress.Of(journal, plan, journal.Header.Kernel.Boot);
        StepProgress now = StepProgress.Of(journal, plan, boot);
        bool isOld = boot == journal.Header.Kernel.Boot;
        int kexec = plan.Steps.KexecNumber;
        int next = isOld ? 1 : kexec + 1;
        while (next <= plan.Steps.Count && (now.IsDone(next) || (isOld && next == kexec && old[kexec] is null)))
        {
            next++;
        }

        return new RunStatus(RunStates.Of(plan, journal, boot, held))
        {
            Failed = FailedOf(journal, boot),
            IsReady = isOld && next > kexec && old.IsJournalPreserved && old[kexec] is null,
            NextStep = next,
            JumpedAt = old[kexec]?.BeganMicroseconds,
            IsToBeResumed = !isOld && journal.Kernels.All(kernel => kernel.Boot != boot),
            Guests = GuestsOf(plan, old, now),
        };
    }

    // What was done by another try is not failed any more.
    private static StepRecord? FailedOf(Journal journal, string boot)
    {
        HashSet<(int Step, StepVerb Verb)> later = [];
        for (int i = journal.Steps.Length - 1; i >= 0; i--)
        {
            StepRecord step = journal.Steps[i];
            if (journal.Kernels[step.Kernel].Boot == boot
                && later.Add((step.Step, step.Verb))
                && step.IsFailed)
            {
                return step;
            }
        }

        return null;
    }

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
