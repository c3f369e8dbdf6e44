using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The steps of a whole run, numbered from 1 up over both kernels: what the caller does, and nothing that the
/// kernel does by itself. Which steps a phase has follows from its rule; an act stands where the plan has it.
/// Reports show these numbers and journals hold them. Immutable and thread-safe.
/// </summary>
public sealed class RunSteps
{
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly List<RunStep> _steps = [];
    private readonly int[] _createNumbers;
    private readonly int[] _openNumbers;
    private readonly int[] _actNumbers;
    private readonly bool[] _isPaused;
    private readonly int[][] _objectNumbers = new int[Phases.Count][];
    private readonly int[][] _sessionNumbers = new int[Phases.Count][];

    /// <summary>Numbers the steps of a plan. O(V + steps).</summary>
    /// <param name="graph">The set that the plan is of.</param>
    /// <param name="kernels">The two kernels.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="ArgumentException">The plan names something that the set does not have.</exception>
    public RunSteps(DependencyGraph graph, KernelPair kernels, Plan plan)
    {
        _graph = graph;
        _kernels = kernels;
        Plan = plan;
        _createNumbers = new int[graph.SessionCount];
        _openNumbers = new int[graph.SessionCount];
        _actNumbers = new int[graph.ObjectCount];
        SessionId[] created = SessionsOf(plan.Sessions.Create);
        for (int i = 0; i < created.Length; i++)
        {
            _createNumbers[created[i].Index] = Add(StepVerb.Create, created[i], null, i);
        }

        CreatedCount = created.Length;
        AddPhase(Phase.Preserve, StepVerb.Preserve);
        KexecNumber = Add(StepVerb.Kexec, null, null, 0);
        AddPhase(Phase.Retrieve, StepVerb.Retrieve);
        RetrievedMax = Count;
        AddPhase(Phase.Finish, StepVerb.Finish);
        _isPaused = PausedSteps();
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>How many steps there are.</summary>
    public int Count => _steps.Count;

    /// <summary>How many steps create a session; they are the first.</summary>
    public int CreatedCount { get; }

    /// <summary>The number of the jump.</summary>
    public int KexecNumber { get; }

    /// <summary>The number of the last step that retrieves.</summary>
    public int RetrievedMax { get; }

    /// <summary>How many guests are paused at the jump.</summary>
    public int PausedAtKexecCount { get; private set; }

    /// <summary>Whether a guest is paused in any step.</summary>
    public bool IsPausedAnywhere => Array.IndexOf(_isPaused, true) >= 0;

    /// <summary>The step of a number.</summary>
    public RunStep this[int number] => _steps[number - 1];

    /// <summary>Whether a guest is paused in a step, or by it, or until it.</summary>
    public bool IsPaused(int number) => _isPaused[number];

    /// <summary>
    /// The phase that a step of a verb belongs to; creating is part of preserving. An act says itself to
    /// which it belongs.
    /// </summary>
    public static Phase PhaseOf(StepVerb verb) => verb switch
    {
        StepVerb.Finish => Phase.Finish,
        StepVerb.Retrieve or StepVerb.RetrieveSession => Phase.Retrieve,
        _ => Phase.Preserve,
    };

    /// <summary>The number of the step that creates a session; 0 where none does.</summary>
    public int CreateOf(SessionId session) => _createNumbers[session.Index];

    /// <summary>The number of the step that opens an incoming session; 0 where none does.</summary>
    public int OpenOf(SessionId session) => _openNumbers[session.Index];

    /// <summary>The number of the step that moves a session as a whole; 0 where none does.</summary>
    public int Of(Phase phase, SessionId session) => _sessionNumbers[(int)phase][session.Index];

    /// <summary>
    /// The number of the step that moves an object in a phase, or in which an act is done, whatever the
    /// phase; 0 where the kernel moves it.
    /// </summary>
    public int Of(Phase phase, ObjectId id) =>
        _graph[id].Act is not null ? _actNumbers[id.Index]
        : _graph.SessionOf(id) is not { } session ? 0
        : Math.Max(Of(phase, session), _objectNumbers[(int)phase][MoverOf(phase, id)!.Value.Index]);

    /// <summary>
    /// What the step that moves an object is about: the object itself, or the file that it travels in; the
    /// act itself; null where the kernel moves it.
    /// </summary>
    public ObjectId? MoverOf(Phase phase, ObjectId id)
    {
        PreservedObject found = _graph[id];
        bool movesAlone = _kernels[phase].Unit == StepUnit.Object && !found.IsMovedByKernel;
        return movesAlone || found.Act is not null ? id : _graph.FileOf(id);
    }

    /// <summary>
    /// The objects of a phase in its order; those that a step only carries and acts are left out.
    /// </summary>
    public ObjectId[] ObjectsIn(Phase phase)
    {
        List<ObjectId> objects = new(Plan[phase].Count);
        foreach (PlanStep step in Plan[phase])
        {
            if (step.ActName is null)
            {
                objects.Add(ObjectOf(step, phase)
                    ?? throw new ArgumentException("The plan has a step without an object.", nameof(phase)));
            }
        }

        return [.. objects];
    }

    /// <summary>The act of a step; null where the step moves something.</summary>
    public ObjectId? ActOf(PlanStep step) =>
        step.ActName is not { } name ? null
        : _graph.Set.TryFind(name, out ObjectId act) && _graph[act].Act is not null ? act
        : throw new ArgumentException("The plan has an act that the set has not.", nameof(step));

    /// <summary>The object of a step; null where a session or everything moves, and for an act.</summary>
    public ObjectId? ObjectOf(PlanStep step, Phase phase)
    {
        if (step.ObjectName is not { } name)
        {
            return null;
        }

        bool isFound = _graph.Set.TryFind(name, out ObjectId id);
        return isFound && (_graph[id].IsFile || _kernels[phase].Unit == StepUnit.Object)
            ? id
            : throw new ArgumentException("The plan has a step that is no file of the set.", nameof(step));
    }

    /// <summary>The sessions as a phase takes them one after another; empty where it does not.</summary>
    public SessionId[] SessionsIn(Phase phase) => SessionsOf(Plan.Sessions.In(_kernels[phase]));

    private SessionId[] SessionsOf(ImmutableArray<SessionName> names) =>
        names.IsDefault ? [] : [.. names.Select(name => SessionOf(name))];

    private SessionId SessionOf(SessionName name) =>
        _graph.Set.TryFindSession(name.Text, out SessionId session)
            ? session
            : throw new ArgumentException("The plan has a session that the set has not.", nameof(name));

    private int Add(StepVerb verb, SessionId? session, ObjectId? id, int row)
    {
        _steps.Add(new RunStep(Count + 1, verb, session, id, row));
        return Count;
    }

    private void AddPhase(Phase phase, StepVerb verb)
    {
        int[] bySession = _sessionNumbers[(int)phase] = new int[_graph.SessionCount];
        int[] byObject = _objectNumbers[(int)phase] = new int[_graph.ObjectCount];
        if (_kernels[phase].IsCalledBySession)
        {
            AddSessions(phase, verb, bySession);
            return;
        }

        bool isOpened = phase == Phase.Retrieve && !Plan.Sessions.Retrieve.IsDefault;
        bool[] isOpen = new bool[_graph.SessionCount];
        PhaseSteps steps = Plan[phase];
        for (int row = 0; row < steps.Count; row++)
        {
            if (ActOf(steps[row]) is { } act)
            {
                AddAct(act, row);
                continue;
            }

            if (ObjectOf(steps[row], phase) is not { } id)
            {
                Array.Fill(bySession, Add(verb, null, null, row));
                continue;
            }

            SessionId session = _graph.SessionOf(id)!.Value;
            Open(isOpened, isOpen, session);
            byObject[id.Index] = Add(verb, session, id, row);
        }

        foreach (SessionId session in isOpened ? SessionsOf(Plan.Sessions.Retrieve) : [])
        {
            Open(isOpened, isOpen, session);
        }
    }

    // Sessions in their order, the empty ones too, and each act before the session that follows it among the
    // plan's steps.
    private void AddSessions(Phase phase, StepVerb verb, int[] bySession)
    {
        SessionId[] sessions = SessionsIn(phase);
        int next = 0;
        void AddUntil(SessionId? last)
        {
            while (next < sessions.Length && (last is not { } until || bySession[until.Index] == 0))
            {
                bySession[sessions[next].Index] = Add(verb, sessions[next], null, next);
                next++;
            }
        }

        PhaseSteps steps = Plan[phase];
        for (int row = 0; row < steps.Count; row++)
        {
            if (ActOf(steps[row]) is { } act)
            {
                AddAct(act, row);
            }
            else if (steps[row].Session is { } name)
            {
                AddUntil(SessionOf(name));
            }
        }

        AddUntil(null);
    }

    private void AddAct(ObjectId act, int row) =>
        _actNumbers[act.Index] = Add(StepVerb.Act, _graph[act].Act!.Session, act, row);

    // From the pause to the resume of each guest, both among them.
    private bool[] PausedSteps()
    {
        int[] changes = new int[Count + 2];
        foreach (SessionEntry session in _graph.Set.Sessions)
        {
            if (session.Blackout is { } blackout
                && _actNumbers[blackout.Pause.Index] is var pause and > 0
                && _actNumbers[blackout.Resume.Index] is var resume and > 0)
            {
                changes[pause]++;
                changes[resume + 1]--;
                PausedAtKexecCount += pause < KexecNumber && resume > KexecNumber ? 1 : 0;
            }
        }

        bool[] isPaused = new bool[Count + 1];
        int paused = 0;
        for (int number = 1; number <= Count; number++)
        {
            paused += changes[number];
            isPaused[number] = paused > 0;
        }

        return isPaused;
    }

    // An incoming session is opened right before the first of its files, an empty one after all files.
    private void Open(bool isOpened, bool[] isOpen, SessionId session)
    {
        if (isOpened && !isOpen[session.Index])
        {
            isOpen[session.Index] = true;
            _openNumbers[session.Index] = Add(StepVerb.RetrieveSession, session, null, 0);
        }
    }
}
