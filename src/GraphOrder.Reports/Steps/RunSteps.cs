namespace GraphOrder.Reports;

/// <summary>What the caller does in one step of the run.</summary>
internal enum StepVerb : byte
{
    /// <summary>Creates a session in the old kernel.</summary>
    Create,

    /// <summary>Preserves a file in it.</summary>
    Preserve,

    /// <summary>Jumps.</summary>
    Kexec,

    /// <summary>Retrieves a session in the new kernel: opens the incoming session.</summary>
    RetrieveSession,

    /// <summary>Retrieves a file of it.</summary>
    Retrieve,

    /// <summary>Finishes a session.</summary>
    Finish,

    /// <summary>Does something of the user's own.</summary>
    Act,
}

/// <summary>One step of the run.</summary>
/// <param name="Number">Its number over the whole run, from 1 up.</param>
/// <param name="Verb">What the caller does.</param>
/// <param name="Session">The session; none for the jump.</param>
/// <param name="File">The file, or the act; none where a session is meant.</param>
/// <param name="Row">Its place in the phase of the plan.</param>
internal readonly record struct RunStep(
    int Number,
    StepVerb Verb,
    SessionId? Session,
    ObjectId? File,
    int Row);

/// <summary>
/// The steps of a whole run, numbered from 1 up over both kernels: what the caller does, and nothing that the
/// kernel does by itself. Immutable.
/// </summary>
internal sealed class RunSteps
{
    private readonly SessionSet _set;
    private readonly SessionId[] _created;
    private readonly RunStep[] _preserved;
    private readonly RunStep[] _finished;
    private readonly bool[] _isPaused;
    private readonly int[] _preserveNumbers;
    private readonly int[] _retrieveNumbers;
    private readonly int[] _createNumbers;
    private readonly int[] _finishNumbers;
    private readonly RunStep[] _retrieved;

    /// <exception cref="ArgumentException">The plan names something that the set does not have.</exception>
    public RunSteps(SessionSet set, Plan plan)
    {
        _set = set;
        Plan = plan;
        _createNumbers = new int[set.Sessions.Length];
        _finishNumbers = new int[set.Sessions.Length];
        _preserveNumbers = new int[set.Objects.Length];
        _retrieveNumbers = new int[set.Objects.Length];
        _created = SessionsOf(set, plan.Sessions.Create);
        Closed = SessionsOf(set, plan.Sessions.Close);
        for (int i = 0; i < _created.Length; i++)
        {
            _createNumbers[_created[i].Index] = i + 1;
        }

        _preserved = Preserved(plan);
        KexecNumber = _created.Length + _preserved.Length + 1;
        _retrieved = Retrieved(set, plan);
        _finished = Finished(set, plan);
        Count = KexecNumber + _retrieved.Length + _finished.Length;
        _isPaused = PausedSteps(set);
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>How many steps there are.</summary>
    public int Count { get; }

    /// <summary>The number of the jump.</summary>
    public int KexecNumber { get; }

    /// <summary>The number of the first step after all retrieves.</summary>
    public int FirstFinishNumber => KexecNumber + _retrieved.Length + 1;

    /// <summary>How many guests are paused at the jump.</summary>
    public int PausedAtKexecCount { get; private set; }

    /// <summary>Sessions in the order in which they are closed if the update is called off.</summary>
    public SessionId[] Closed { get; }

    /// <summary>Sessions in creation order.</summary>
    public ReadOnlySpan<SessionId> Created => _created;

    /// <summary>The step of a number.</summary>
    public RunStep this[int number]
    {
        get
        {
            if (number <= _created.Length)
            {
                return new RunStep(number, StepVerb.Create, _created[number - 1], null, number - 1);
            }

            if (number < KexecNumber)
            {
                return _preserved[number - _created.Length - 1];
            }

            if (number == KexecNumber)
            {
                return new RunStep(number, StepVerb.Kexec, null, null, 0);
            }

            int after = number - KexecNumber - 1;
            int finish = after - _retrieved.Length;
            return finish < 0 ? _retrieved[after] : _finished[finish];
        }
    }

    /// <summary>The number of the step that creates a session.</summary>
    public int CreateOf(SessionId session) => _createNumbers[session.Index];

    /// <summary>The number of the step that finishes a session.</summary>
    public int FinishOf(SessionId session) => _finishNumbers[session.Index];

    /// <summary>Whether a guest is paused in any step.</summary>
    public bool IsPausedAnywhere => Array.IndexOf(_isPaused, true) >= 0;

    /// <summary>Whether a guest is paused in a step, or by it, or until it.</summary>
    public bool IsPaused(int number) => _isPaused[number];

    /// <summary>
    /// The number of the step that preserves or retrieves a file, or in which an act is done; 0 for what has
    /// none.
    /// </summary>
    public int Of(Phase phase, ObjectId file) =>
        (phase == Phase.Retrieve ? _retrieveNumbers : _preserveNumbers)[file.Index];

    /// <summary>The files of a phase in its order; acts are passed by.</summary>
    public static ObjectId[] FilesOf(SessionSet set, PhaseSteps steps)
    {
        List<ObjectId> files = new(steps.Count);
        foreach (PlanStep step in steps)
        {
            if (step.ActName is null)
            {
                files.Add(FileOf(set, step));
            }
        }

        return [.. files];
    }

    /// <summary>The act of a step; null where the step moves something.</summary>
    public static ObjectId? ActOf(SessionSet set, PlanStep step) =>
        step.ActName is not { } name ? null
        : set.TryFind(name, out ObjectId act) && set.Objects[act.Index].Act is not null ? act
        : throw new ArgumentException("The plan has an act that the set has not.", nameof(step));

    private static ObjectId FileOf(SessionSet set, PlanStep step) =>
        step.ObjectName is { } name && set.TryFind(name, out ObjectId file) && set.Objects[file.Index].IsFile
            ? file
            : throw new ArgumentException("The plan has a step that is no file of the set.", nameof(step));

    private static SessionId[] SessionsOf(SessionSet set, IReadOnlyList<SessionName> names)
    {
        SessionId[] sessions = new SessionId[names.Count];
        for (int i = 0; i < sessions.Length; i++)
        {
            sessions[i] = set.TryFindSession(names[i].Text, out SessionId session)
                ? session
                : throw new ArgumentException("The plan has a session that the set has not.", nameof(names));
        }

        return sessions;
    }

    private RunStep Act(int number, ObjectId act, int row)
    {
        _preserveNumbers[act.Index] = number;
        _retrieveNumbers[act.Index] = number;
        return new RunStep(number, StepVerb.Act, _set.Objects[act.Index].Act!.Session, act, row);
    }

    private RunStep[] Preserved(Plan plan)
    {
        PhaseSteps steps = plan[Phase.Preserve];
        RunStep[] preserved = new RunStep[steps.Count];
        for (int row = 0; row < preserved.Length; row++)
        {
            int number = _created.Length + row + 1;
            if (ActOf(_set, steps[row]) is { } act)
            {
                preserved[row] = Act(number, act, row);
                continue;
            }

            ObjectId file = FileOf(_set, steps[row]);
            _preserveNumbers[file.Index] = number;
            SessionId? session = _set.Objects[file.Index].Session;
            preserved[row] = new RunStep(number, StepVerb.Preserve, session, file, row);
        }

        return preserved;
    }

    // Sessions in their order, and each act before the session that follows it among the plan's steps.
    private RunStep[] Finished(SessionSet set, Plan plan)
    {
        SessionId[] sessions = SessionsOf(set, plan.Sessions.Finish);
        List<RunStep> finished = new(sessions.Length);
        int next = 0;
        void Finish(SessionId? until)
        {
            while (next < sessions.Length
                && (until is not { } last || _finishNumbers[last.Index] == 0))
            {
                int number = FirstFinishNumber + finished.Count;
                _finishNumbers[sessions[next].Index] = number;
                finished.Add(new RunStep(number, StepVerb.Finish, sessions[next], null, next));
                next++;
            }
        }

        PhaseSteps steps = plan[Phase.Finish];
        for (int row = 0; row < steps.Count; row++)
        {
            if (ActOf(set, steps[row]) is { } act)
            {
                finished.Add(Act(FirstFinishNumber + finished.Count, act, row));
            }
            else if (steps[row].Session is { } name && set.TryFindSession(name.Text, out SessionId session))
            {
                Finish(session);
            }
        }

        Finish(null);
        return [.. finished];
    }

    // From the pause to the resume of each guest, both among them.
    private bool[] PausedSteps(SessionSet set)
    {
        int[] changes = new int[Count + 2];
        foreach (SessionEntry session in set.Sessions)
        {
            if (session.Blackout is { } blackout
                && Of(Phase.Preserve, blackout.Pause) is var pause and > 0
                && Of(Phase.Preserve, blackout.Resume) is var resume and > 0)
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
    private RunStep[] Retrieved(SessionSet set, Plan plan)
    {
        PhaseSteps rows = plan[Phase.Retrieve];
        bool[] isOpen = new bool[set.Sessions.Length];
        List<RunStep> steps = new(rows.Count + set.Sessions.Length);
        for (int row = 0; row < rows.Count; row++)
        {
            if (ActOf(set, rows[row]) is { } act)
            {
                steps.Add(Act(KexecNumber + steps.Count + 1, act, row));
                continue;
            }

            ObjectId file = FileOf(set, rows[row]);
            SessionId session = set.Objects[file.Index].Session!.Value;
            Open(steps, isOpen, session);
            int number = KexecNumber + steps.Count + 1;
            _retrieveNumbers[file.Index] = number;
            steps.Add(new RunStep(number, StepVerb.Retrieve, session, file, row));
        }

        foreach (SessionId session in SessionsOf(set, plan.Sessions.Retrieve))
        {
            Open(steps, isOpen, session);
        }

        return [.. steps];
    }

    private void Open(List<RunStep> steps, bool[] isOpen, SessionId session)
    {
        if (!isOpen[session.Index])
        {
            isOpen[session.Index] = true;
            steps.Add(new RunStep(KexecNumber + steps.Count + 1, StepVerb.RetrieveSession, session, null, 0));
        }
    }
}
