namespace GraphOrder.LiveUpdate;

/// <summary>
/// Runs a plan's steps in the old kernel, up to the jump: create, preserve and act in the plan's order, the
/// journal's own session last. Each act is in the journal before it is done. Not thread-safe.
/// </summary>
public sealed class OldKernelRun
{
    private const long RoomBytes = 1 << 14;
    private const long RoomPerOwner = 256;

    private static readonly SessionName Own = new(MemoryJournalStore.SessionText);

    private readonly UpdatePlan _plan;
    private readonly RunContext _context;
    private readonly RunJournal _journal;
    private readonly MemoryObserver _observer;
    private readonly CustodyKind _custody;
    private readonly ActCaller _acts;
    private readonly bool[] _isStable;
    private MemoryJournalStore? _copy;

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
        _acts = new ActCaller(plan, context.Acts);
        _isStable = new bool[plan.Graph.ObjectCount];
        for (int i = 0; i < _isStable.Length; i++)
        {
            _isStable[i] = context.Stable.Contains(plan.Set.NameOf(new ObjectId(i)));
        }
    }

    /// <summary>
    /// Runs every step up to the jump that is not done yet, then the jump where the sessions are in this
    /// process's custody. Where a step fails there, all sessions are closed in the plan's order; in another's
    /// custody they stay open, and the run can go on.
    /// </summary>
    /// <param name="known">The journal so far.</param>
    /// <param name="journalBytes">
    /// The bytes of the journal so far, for its copy; asked once, before any step.
    /// </param>
    /// <exception cref="IOException">The journal cannot be written; no further act was done.</exception>
    public RunOutcome Run(Journal known, Func<byte[]> journalBytes)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(journalBytes);
        StepProgress progress = StepProgress.Of(known, _plan);
        RunOutcome? stopped = null;
        BeginCopy(progress, journalBytes);
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

        stopped ??= PreserveJournal();
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
            act => _acts.Run(act, Phase.Unpreserve),
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
            default: why = _acts.Run(step.Object!.Value, Phase.Preserve); break;
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

    private RunOutcome? Look(RunStep step)
    {
        ObjectId file = step.Object!.Value;
        if (_plan.Graph[file].Kind != ObjectKind.Memfd)
        {
            return null;
        }

        CallResult looked = _observer.Look(
            _context.Descriptors[file], _isStable[file.Index], _context.Cancellation);
        if (!looked.IsDone)
        {
            return new RunOutcome(RunEnd.Stopped, step.Number, looked.Error, null);
        }

        _context.Journal.Memory(_plan.Set.Utf8NameOf(file), _observer);
        return null;
    }

    // From the first step on each record goes into the copy too: to read the whole journal while guests are
    // paused would take time and memory. Null where a process before this one has preserved its own.
    private void BeginCopy(StepProgress progress, Func<byte[]> journalBytes)
    {
        if (_context.Descriptors.Journal >= 0 && progress.IsJournalPreserved)
        {
            return;
        }

        byte[] bytes = journalBytes();
        _copy = MemoryJournalStore.CreateGrowing(_context.Calls, bytes.Length + RoomOfSteps);
        _copy.Append(bytes);
        _context.Journal.CopyTo(_copy);
    }

    private long RoomOfSteps => RoomBytes + (RoomPerOwner * _plan.Steps.Count);

    private RunOutcome? PreserveJournal()
    {
        if (_copy is null)
        {
            return null;
        }

        UpdateDescriptors descriptors = _context.Descriptors;
        if (descriptors.Journal < 0)
        {
            _journal.BeginOwn(StepVerb.Create);
            CallResult made = _context.Calls.CreateSession(descriptors.Device, Own);
            _journal.End(0, made.Error);
            if (!made.IsDone)
            {
                return new RunOutcome(RunEnd.Stopped, 0, made.Error);
            }

            descriptors.Journal = made.Descriptor;
        }

        _journal.BeginOwn(StepVerb.Preserve);
        _copy.Fix(RoomOfSteps);
        CallResult preserved = _context.Calls.Preserve(
            descriptors.Journal, _copy.Descriptor, MemoryJournalStore.Token);

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
