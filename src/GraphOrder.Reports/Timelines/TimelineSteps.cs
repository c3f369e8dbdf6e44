namespace GraphOrder.Reports;

/// <summary>
/// Which step of a phase moves what, and when: by the schedule, or by the numbers of the steps. Immutable.
/// </summary>
internal sealed class TimelineSteps
{
    /// <summary>No step.</summary>
    public const int None = -1;

    private readonly DependencyGraph _graph;
    private readonly Schedule? _schedule;
    private readonly int[][] _ofObject = new int[Phases.Count][];
    private readonly int[][] _ofSession = new int[Phases.Count][];
    private readonly int[][] _numbers = new int[Phases.Count][];
    private readonly HashSet<ObjectId> _preserved = [];
    private readonly bool[][] _isOnChain = new bool[Phases.Count][];

    /// <param name="graph">The set.</param>
    /// <param name="run">The numbered steps.</param>
    /// <param name="schedule">The times; null where nobody knows any.</param>
    public TimelineSteps(DependencyGraph graph, RunSteps run, Schedule? schedule)
    {
        _graph = graph;
        _schedule = schedule;
        Run = run;
        foreach (Phase phase in Shown)
        {
            Read(phase);
        }

        foreach (SessionEntry session in graph.Set.Sessions)
        {
            _preserved.UnionWith(session.Preserved);
            HasDone |= session.Created && !IsTimed;
        }

        HasDone |= _preserved.Count > 0;
        foreach (ChainLink link in schedule?.LongestChain ?? [])
        {
            if (link.Call.Phase is { } phase)
            {
                Array.Fill(_isOnChain[(int)phase], true, link.Call.FirstStep, link.Call.StepCount);
            }
        }
    }

    /// <summary>The phases of an update that is not called off, in their order.</summary>
    public static ReadOnlySpan<Phase> Shown =>
        [Phase.Preserve, Phase.Freeze, Phase.Retrieve, Phase.Finish];

    /// <summary>The numbered steps.</summary>
    public RunSteps Run { get; }

    /// <summary>The plan.</summary>
    public Plan Plan => Run.Plan;

    /// <summary>Whether spans are microseconds; else they count steps.</summary>
    public bool IsTimed => _schedule is not null;

    /// <summary>The step of a phase that names an object or act; none where it travels in another.</summary>
    public int Of(Phase phase, ObjectId id) => _ofObject[(int)phase][id.Index];

    /// <summary>The step of a phase that moves a session at once.</summary>
    public int Of(Phase phase, SessionId session) => _ofSession[(int)phase][session.Index];

    /// <summary>
    /// The number of the call that moves a session file by file; 0 where calls name files, or where the
    /// session is a step of the plan itself.
    /// </summary>
    public int CallOf(Phase phase, SessionId session) =>
        Of(phase, session) == None ? Run.Of(phase, session) : 0;

    /// <summary>The step of a phase that moves everything at once.</summary>
    public int OfAll(Phase phase)
    {
        PhaseSteps steps = Plan[phase];
        for (int step = 0; step < steps.Count && step < 1; step++)
        {
            if (steps[step] is { ObjectName: null, ActName: null, Session: null })
            {
                return step;
            }
        }

        return None;
    }

    /// <summary>Whether some step names an object or act.</summary>
    public bool HasAny(ObjectId id)
    {
        foreach (Phase phase in Shown)
        {
            if (Of(phase, id) != None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the kernel has an object's step already, so that nobody takes it again.</summary>
    public bool IsDone(Phase phase, ObjectId id) => phase == Phase.Preserve && _preserved.Contains(id);

    /// <summary>Whether a session is there already.</summary>
    public bool IsCreated(SessionId session) => _graph.Set.Sessions[session.Index].Created;

    /// <summary>Whether some step is done already.</summary>
    public bool HasDone { get; }

    /// <summary>The number of a step over the whole run; 0 where the kernel takes it by itself.</summary>
    public int NumberOf(Phase phase, int step) => _numbers[(int)phase][step];

    /// <summary>When a step runs.</summary>
    public StepSpan SpanOf(Phase phase, int step)
    {
        if (_schedule is not null)
        {
            StepTime time = _schedule[phase][step];
            return new StepSpan(time.StartMicroseconds, time.StartMicroseconds + time.Microseconds);
        }

        int number = NumberOf(phase, step) is var own and > 0 ? own : Run.KexecNumber;
        return new StepSpan(number - 1, number);
    }

    /// <summary>Whether the guest of the longest blackout waits for a step.</summary>
    public bool IsOnChain(Phase phase, int step) => _isOnChain[(int)phase][step];

    private void Read(Phase phase)
    {
        PhaseSteps steps = Plan[phase];
        int[] ofObject = _ofObject[(int)phase] = new int[_graph.ObjectCount];
        int[] ofSession = _ofSession[(int)phase] = new int[_graph.SessionCount];
        int[] numbers = _numbers[(int)phase] = new int[steps.Count];
        _isOnChain[(int)phase] = new bool[steps.Count];
        Array.Fill(ofObject, None);
        Array.Fill(ofSession, None);
        for (int step = 0; step < steps.Count; step++)
        {
            PlanStep found = steps[step];
            if ((found.ObjectName ?? found.ActName) is { } name && _graph.Set.TryFind(name, out ObjectId id))
            {
                ofObject[id.Index] = step;
                numbers[step] = phase == Phase.Freeze ? 0 : Run.Of(phase, id);
            }
            else if (found.Session is { } own && _graph.Set.TryFindSession(own.Text, out SessionId session))
            {
                ofSession[session.Index] = step;
                numbers[step] = phase == Phase.Freeze ? 0 : Run.Of(phase, session);
            }
            else if (phase != Phase.Freeze && _graph.SessionCount > 0)
            {
                numbers[step] = Run.Of(phase, new SessionId(0));
            }
        }
    }
}
