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
}

/// <summary>One step of the run.</summary>
/// <param name="Number">Its number over the whole run, from 1 up.</param>
/// <param name="Verb">What the caller does.</param>
/// <param name="Session">The session; none for the jump.</param>
/// <param name="File">The file; none where a session is meant.</param>
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
    private readonly SessionId[] _finished;
    private readonly ObjectId[] _preserved;
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
        _finished = SessionsOf(set, plan.Sessions.Finish);
        Closed = SessionsOf(set, plan.Sessions.Close);
        _preserved = FilesOf(set, plan[Phase.Preserve]);
        for (int i = 0; i < _created.Length; i++)
        {
            _createNumbers[_created[i].Index] = i + 1;
        }

        for (int i = 0; i < _preserved.Length; i++)
        {
            _preserveNumbers[_preserved[i].Index] = _created.Length + i + 1;
        }

        KexecNumber = _created.Length + _preserved.Length + 1;
        _retrieved = Retrieved(set, plan);
        int last = KexecNumber + _retrieved.Length;
        for (int i = 0; i < _finished.Length; i++)
        {
            _finishNumbers[_finished[i].Index] = last + i + 1;
        }

        Count = last + _finished.Length;
    }

    /// <summary>The plan.</summary>
    public Plan Plan { get; }

    /// <summary>How many steps there are.</summary>
    public int Count { get; }

    /// <summary>The number of the jump.</summary>
    public int KexecNumber { get; }

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
                int row = number - _created.Length - 1;
                ObjectId file = _preserved[row];
                return new RunStep(number, StepVerb.Preserve, _set.Objects[file.Index].Session, file, row);
            }

            if (number == KexecNumber)
            {
                return new RunStep(number, StepVerb.Kexec, null, null, 0);
            }

            int after = number - KexecNumber - 1;
            int finish = after - _retrieved.Length;
            return finish < 0
                ? _retrieved[after]
                : new RunStep(number, StepVerb.Finish, _finished[finish], null, finish);
        }
    }

    /// <summary>The number of the step that creates a session.</summary>
    public int CreateOf(SessionId session) => _createNumbers[session.Index];

    /// <summary>The number of the step that finishes a session.</summary>
    public int FinishOf(SessionId session) => _finishNumbers[session.Index];

    /// <summary>The number of the step that preserves or retrieves a file; 0 for what is none.</summary>
    public int Of(Phase phase, ObjectId file) =>
        (phase == Phase.Retrieve ? _retrieveNumbers : _preserveNumbers)[file.Index];

    /// <summary>The files of a phase in its order.</summary>
    public static ObjectId[] FilesOf(SessionSet set, PhaseSteps steps)
    {
        ObjectId[] files = new ObjectId[steps.Count];
        for (int i = 0; i < files.Length; i++)
        {
            string? name = steps[i].ObjectName;
            if (name is null || !set.TryFind(name, out ObjectId file) || !set.Objects[file.Index].IsFile)
            {
                throw new ArgumentException("The plan has a step that is no file of the set.", nameof(steps));
            }

            files[i] = file;
        }

        return files;
    }

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

    // An incoming session is opened right before the first of its files, an empty one after all files.
    private RunStep[] Retrieved(SessionSet set, Plan plan)
    {
        ObjectId[] files = FilesOf(set, plan[Phase.Retrieve]);
        bool[] isOpen = new bool[set.Sessions.Length];
        List<RunStep> steps = new(files.Length + set.Sessions.Length);
        for (int row = 0; row < files.Length; row++)
        {
            SessionId session = set.Objects[files[row].Index].Session!.Value;
            Open(steps, isOpen, session);
            int number = KexecNumber + steps.Count + 1;
            _retrieveNumbers[files[row].Index] = number;
            steps.Add(new RunStep(number, StepVerb.Retrieve, session, files[row], row));
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
