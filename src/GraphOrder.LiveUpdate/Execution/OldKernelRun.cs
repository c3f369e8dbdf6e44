namespace GraphOrder.LiveUpdate;

/// <summary>
/// Runs a plan's steps in the old kernel, up to the jump: create, preserve and act in the plan's order, the
/// journal's own session last. Each act is in the journal before it is done. Not thread-safe.
/// </summary>
public sealed class OldKernelRun
{
    private const long RoomBytes = 1 << 14;
    private const long RoomPerOwner = 256;

    private readonly UpdatePlan _plan;
    private readonly RunContext _context;
    private readonly RunJournal _journal;
    private readonly MemoryObserver _observer;
    private readonly CustodyKind _custody;

    /// <summary>A run.</summary>
    /// <param name="plan">What is run.</param>
    /// <param name="context">With what.</param>
    /// <param name="custody">Who holds the sessions at the reboot call.</param>
    public OldKernelRun(UpdatePlan plan, RunContext context, CustodyKind custody)
    {
        _plan = plan;
        _context = context;
        _custody = custody;
        _journal = new RunJournal(plan, context);
        _observer = new MemoryObserver(context.Calls);
    }

    /// <summary>
    /// Runs every step up to the jump that is not done yet, then the jump where the sessions are in this
    /// process's custody. Where a step fails there, all sessions are closed in the plan's order; in another's
    /// custody they stay open, and the run can go on.
    /// </summary>
    /// <param name="known">The journal so far.</param>
    /// <param name="journalBytes">The bytes of the journal so far, for its copy.</param>
    /// <exception cref="IOException">The journal cannot be written; no further act was done.</exception>
    public RunOutcome Run(Journal known, Func<byte[]> journalBytes)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(journalBytes);
        StepProgress progress = StepProgress.Of(known, _plan);
        RunOutcome? stopped = null;
        for (int number = 1; number < _plan.Steps.KexecNumber && stopped is null; number++)
        {
            RunStep step = _plan.Steps[number];
            if (!progress.IsDone(number) || !IsHeld(step))
            {
                stopped = _context.Cancellation.IsCancellationRequested
                    ? new RunOutcome(RunEnd.Stopped, number, Why: "called off")
                    : Run(step, progress.IsInDoubt(number));
            }
        }

        stopped ??= PreserveJournal(progress, journalBytes);
        if (stopped is not null)
        {
            return _custody == CustodyKind.Self ? CallOff(stopped) : stopped;
        }

        return _custody == CustodyKind.Self ? Jump() : new RunOutcome(RunEnd.Ready);
    }

    /// <summary>
    /// Closes every session that is open here in the plan's close order, with the acts of unpreserve where
    /// they stand; the kernel then unpreserves its files, last to first.
    /// </summary>
    public RunOutcome CallOff(RunOutcome because)
    {
        ArgumentNullException.ThrowIfNull(because);
        CloseOrder.Run(
            _plan,
            act => _context.Acts?.Run(_plan.Set.NameOf(act), SessionOf(act), Phase.Unpreserve),
            Close);
        if (_context.Descriptors.Journal is var own and >= 0)
        {
            _ = _context.Calls.Close(own);
            _context.Descriptors.Journal = -1;
            _context.Journal.Closed(MemoryJournalStore.SessionText);
        }

        _context.Journal.Over(isDone: false);
        return because with { End = RunEnd.CalledOff };
    }

    private string SessionOf(ObjectId act) => _plan.Set.NameOf(_plan.Graph[act].Act!.Session);

    private void Close(SessionId session)
    {
        if (_context.Descriptors[session] is var descriptor and >= 0)
        {
            _ = _context.Calls.Close(descriptor);
            _context.Descriptors[session] = -1;
            _context.Journal.Closed(_plan.Set.NameOf(session));
        }
    }

    // What a step that is done has left behind: without its session it has to be done again.
    private bool IsHeld(RunStep step) =>
        step.Session is not { } session || _context.Descriptors[session] >= 0;

    private RunOutcome? Run(RunStep step, bool isInDoubt)
    {
        if (step.Verb == StepVerb.Preserve && Look(step) is { } unseen)
        {
            return unseen;
        }

        _journal.Begin(step);
        string? why = null;
        CallResult result = CallResult.Done();
        switch (step.Verb)
        {
            case StepVerb.Create: result = Create(step, out why); break;
            case StepVerb.Preserve: result = Preserve(step, isInDoubt); break;
            default: why = Act(step); break;
        }

        _journal.End(step.Number, result.Error, why);
        return result.IsDone && why is null
            ? null
            : new RunOutcome(RunEnd.Stopped, step.Number, result.Error, why);
    }

    // A session that was handed over was created by whoever owns the device.
    private CallResult Create(RunStep step, out string? why)
    {
        SessionId session = step.Session!.Value;
        why = null;
        if (_context.Descriptors[session] is var given and >= 0)
        {
            Span<byte> told = stackalloc byte[SessionName.BytesMax];
            CallResult length = _context.Calls.GetName(given, told);
            if (length.IsDone && !told[..(int)length.Value].SequenceEqual(
                _plan.Set.SessionNames.Utf8(session.Index)))
            {
                why = "the descriptor that was handed over is another session's";
            }

            return length;
        }

        CallResult made = _context.Calls.CreateSession(
            _context.Descriptors.Device, _plan.Set.Sessions[session.Index].Name);
        if (made.IsDone)
        {
            _context.Descriptors[session] = made.Descriptor;
        }

        return made;
    }

    // The kernel asks for the token first: EEXIST says that an act in doubt was done.
    private CallResult Preserve(RunStep step, bool isInDoubt)
    {
        ObjectId file = step.Object!.Value;
        CallResult result = _context.Calls.Preserve(
            _context.Descriptors[step.Session!.Value], _context.Descriptors[file], _plan.Graph.TokenOf(file));
        return isInDoubt && result.Error == Errno.Exists ? CallResult.Done() : result;
    }

    private string? Act(RunStep step)
    {
        string act = _plan.Set.NameOf(step.Object!.Value);
        return _context.Acts is { } runner
            ? runner.Run(act, SessionOf(step.Object.Value), Phase.Preserve)
            : "nobody was named who does acts";
    }

    private RunOutcome? Look(RunStep step)
    {
        ObjectId file = step.Object!.Value;
        if (_plan.Graph[file].Kind != ObjectKind.Memfd)
        {
            return null;
        }

        string id = _plan.Set.NameOf(file);
        CallResult looked = _observer.Look(
            id,
            _context.Descriptors[file],
            _context.Stable.Contains(id),
            out MemoryRecord? memory,
            _context.Cancellation);
        if (!looked.IsDone)
        {
            return new RunOutcome(RunEnd.Stopped, step.Number, looked.Error, null);
        }

        _context.Journal.Memory(memory!);
        return null;
    }

    private RunOutcome? PreserveJournal(StepProgress progress, Func<byte[]> journalBytes)
    {
        UpdateDescriptors descriptors = _context.Descriptors;
        if (descriptors.Journal < 0)
        {
            _journal.BeginOwn(StepVerb.Create);
            CallResult made = _context.Calls.CreateSession(
                descriptors.Device, new SessionName(MemoryJournalStore.SessionText));
            _journal.End(0, made.Error);
            if (!made.IsDone)
            {
                return new RunOutcome(RunEnd.Stopped, 0, made.Error);
            }

            descriptors.Journal = made.Descriptor;
        }
        else if (progress.IsJournalPreserved)
        {
            return null;
        }

        _journal.BeginOwn(StepVerb.Preserve);
        byte[] bytes = journalBytes();
        MemoryJournalStore copy = MemoryJournalStore.Create(
            _context.Calls, bytes.Length + RoomBytes + (RoomPerOwner * _plan.Steps.Count));
        copy.Append(bytes);
        CallResult preserved = _context.Calls.Preserve(
            descriptors.Journal, copy.Descriptor, MemoryJournalStore.Token);
        if (preserved.IsDone)
        {
            _context.Journal.CopyTo(copy);
        }

        // A process before this one preserved its copy and died: nothing was done since that it does not
        // hold.
        preserved = preserved.Error == Errno.Exists ? CallResult.Done() : preserved;
        _journal.End(0, preserved.Error);
        return preserved.IsDone ? null : new RunOutcome(RunEnd.Stopped, 0, preserved.Error);
    }

    private RunOutcome Jump()
    {
        RunStep step = _plan.Steps[_plan.Steps.KexecNumber];
        _journal.Begin(step);
        CallResult result = _context.Calls.Jump();
        if (result.IsDone)
        {
            return new RunOutcome(RunEnd.Jumped, step.Number);
        }

        _journal.End(step.Number, result.Error);
        return CallOff(new RunOutcome(RunEnd.Stopped, step.Number, result.Error));
    }
}
