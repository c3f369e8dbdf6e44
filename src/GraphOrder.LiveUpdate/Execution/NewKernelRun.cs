using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Runs a plan's steps in the new kernel: retrieve, compare, act and finish in the plan's order, as far as
/// what happened before allows. Each act is in the journal before it is done. Not thread-safe.
/// </summary>
public sealed class NewKernelRun
{
    private readonly UpdatePlan _plan;
    private readonly RunContext _context;
    private readonly RunJournal _journal;
    private readonly MemoryObserver _observer;
    private readonly Journal _known;
    private readonly ActCaller _acts;
    private readonly bool[] _isSpoiled;
    private readonly MemoryRecord?[] _before;
    private readonly bool[] _isHanded;

    /// <summary>A run.</summary>
    /// <param name="plan">What is run.</param>
    /// <param name="context">With what.</param>
    /// <param name="known">The journal so far, this kernel's record included.</param>
    public NewKernelRun(UpdatePlan plan, RunContext context, Journal known)
    {
        _plan = plan;
        _context = context;
        _known = known;
        _journal = new RunJournal(plan, context);
        _observer = new MemoryObserver(context.Calls);
        _acts = new ActCaller(plan, context.Acts);
        _isSpoiled = new bool[plan.Graph.SessionCount];
        _before = new MemoryRecord?[plan.Graph.ObjectCount];
        _isHanded = new bool[plan.Graph.ObjectCount];
        for (int i = 0; i < _before.Length; i++)
        {
            string id = plan.Set.NameOf(new ObjectId(i));
            _before[i] = known.Memories.GetValueOrDefault(id);
            _isHanded[i] = known.Handed.Contains(id);
        }
    }

    /// <summary>
    /// Runs what is left and may be run: all of it where nothing failed, else what
    /// <see cref="RecoveryPlanner"/> allows. It stops at the first step that fails.
    /// </summary>
    /// <param name="recovery">What may still be done, asked of the state that the journal tells.</param>
    /// <exception cref="IOException">The journal cannot be written; no further act was done.</exception>
    public RunOutcome Run(Recovery recovery)
    {
        ArgumentNullException.ThrowIfNull(recovery);
        StepProgress progress = StepProgress.Of(_known, _plan);
        HashSet<ObjectId> retrieve = [.. recovery.Retrieve];
        HashSet<DependencyEnd> finish = [.. recovery.Finish];
        Spoil(recovery.State);
        for (int number = _plan.Steps.KexecNumber + 1; number <= _plan.Steps.Count; number++)
        {
            RunStep step = _plan.Steps[number];
            if (!MayRun(step, progress, recovery.State, retrieve, finish))
            {
                continue;
            }

            if (_context.Cancellation.IsCancellationRequested)
            {
                return new RunOutcome(RunEnd.Stopped, number, Why: "stopped by a signal");
            }

            if (Run(step) is { } stopped)
            {
                return stopped;
            }
        }

        return Rest(recovery);
    }

    // What failed or is lost spoils its session: its guest's acts would act on what is not there.
    private void Spoil(HostState state)
    {
        for (int i = 0; i < _plan.Graph.ObjectCount; i++)
        {
            ObjectId file = new(i);
            if (_plan.Graph[file].Session is { } session
                && state[file] is FileState.Failed or FileState.Lost)
            {
                _isSpoiled[session.Index] = true;
            }
        }
    }

    private bool MayRun(
        RunStep step,
        StepProgress progress,
        HostState state,
        HashSet<ObjectId> retrieve,
        HashSet<DependencyEnd> finish)
    {
        switch (step.Verb)
        {
            case StepVerb.RetrieveSession:
                return state[step.Session!.Value] is SessionState.Held or SessionState.Retrieved;
            case StepVerb.Retrieve:
                // A process that died may have taken its descriptor along: it is asked for again.
                ObjectId file = step.Object!.Value;
                return retrieve.Contains(file)
                    || (state[file] == FileState.Retrieved && _context.Descriptors[file] < 0
                        && !_isHanded[file.Index]);
            case StepVerb.Act:
                return !progress.IsDone(step.Number) && !_isSpoiled[step.Session!.Value.Index];
            default:
                return !progress.IsDone(step.Number) && finish.Contains(step.Session!.Value);
        }
    }

    private RunOutcome? Run(RunStep step)
    {
        if (step.Verb == StepVerb.RetrieveSession && _context.Descriptors[step.Session!.Value] >= 0)
        {
            return null;
        }

        _journal.Begin(step);
        string? why = null;
        CallResult result = CallResult.Done();
        switch (step.Verb)
        {
            case StepVerb.RetrieveSession: result = Open(step.Session!.Value); break;
            case StepVerb.Retrieve: result = Retrieve(step.Object!.Value); break;
            case StepVerb.Act: why = _acts.Run(step.Object!.Value); break;
            default: result = Finish(step.Session!.Value); break;
        }

        _journal.End(step.Number, result.Error, why);
        if (!result.IsDone || why is not null)
        {
            return new RunOutcome(RunEnd.Stopped, step.Number, result.Error, why);
        }

        return step.Verb == StepVerb.Retrieve ? Pass(step) : null;
    }

    private CallResult Open(SessionId session)
    {
        CallResult opened = SessionFinder.Open(_context, _plan.Set.Sessions[session.Index].Name);
        if (opened.IsDone)
        {
            _context.Descriptors[session] = opened.Descriptor;
        }

        return opened;
    }

    private CallResult Retrieve(ObjectId file)
    {
        SessionId session = _plan.Graph[file].Session!.Value;
        CallResult retrieved = _context.Calls.Retrieve(
            _context.Descriptors[session], _plan.Graph.TokenOf(file));
        if (retrieved.IsDone)
        {
            _context.Descriptors[file] = retrieved.Descriptor;
        }

        return retrieved;
    }

    // What came back is compared before anybody has it.
    private RunOutcome? Pass(RunStep step)
    {
        ObjectId file = step.Object!.Value;
        int descriptor = _context.Descriptors[file];
        if (_before[file.Index] is { } before)
        {
            ImmutableArray<string> differs = _observer.Compare(before, descriptor, _context.Cancellation);
            _context.Journal.Checked(_plan.Set.Utf8NameOf(file), differs);
            if (!differs.IsEmpty && !_context.AcceptDiffering.Contains(before.ObjectName))
            {
                return new RunOutcome(
                    RunEnd.Stopped,
                    step.Number,
                    Why: $"{before.ObjectName} is not as it was: {string.Join("; ", differs)}");
            }
        }

        if (_context.Taker is not { } taker)
        {
            return null;
        }

        string id = _plan.Set.NameOf(file);
        string session = _plan.Set.NameOf(step.Session!.Value);
        if (taker.Take(id, session, _plan.Graph.TokenOf(file), descriptor) is { } refused)
        {
            return new RunOutcome(RunEnd.Stopped, step.Number, Why: $"{id} was not taken over: {refused}");
        }

        _context.Journal.Handed(id);
        return null;
    }

    private CallResult Finish(SessionId session)
    {
        CallResult finished = _context.Calls.Finish(_context.Descriptors[session]);
        if (finished.IsDone)
        {
            _ = _context.Calls.Close(_context.Descriptors[session]);
            _context.Descriptors[session] = -1;
        }

        return finished;
    }

    // The journal's own session goes last; with anything left it stays, and so does the journal.
    private RunOutcome Rest(Recovery recovery)
    {
        if (!recovery.IsWhole)
        {
            return new RunOutcome(RunEnd.Stopped, 0, Why: "not everything may be finished");
        }

        if (_context.Descriptors.Journal is var own and >= 0)
        {
            _journal.BeginOwn(StepVerb.Finish);
            CallResult finished = _context.Calls.Finish(own);
            _journal.End(0, finished.Error);
            if (!finished.IsDone)
            {
                return new RunOutcome(RunEnd.Stopped, 0, finished.Error);
            }

            _ = _context.Calls.Close(own);
            _context.Descriptors.Journal = -1;
        }

        _context.Journal.Over(isDone: true);
        return new RunOutcome(RunEnd.Done);
    }
}
