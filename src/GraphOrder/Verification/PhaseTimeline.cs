namespace GraphOrder;

/// <summary>
/// The steps of one phase of a plan, looked up in the graph: what moves when. What cannot be looked up is
/// reported.
/// </summary>
internal sealed class PhaseTimeline
{
    private readonly DependencyGraph _graph;
    private readonly int[] _stepOf;
    private readonly Dictionary<int, int> _stepOfAct = [];

    private PhaseTimeline(DependencyGraph graph, PhaseSteps steps, StepUnit unit)
    {
        _graph = graph;
        Steps = steps;
        Unit = unit;
        Movers = new int[steps.Count];
        Array.Fill(Movers, -1);
        _stepOf = new int[unit switch
        {
            StepUnit.Session => graph.SessionCount,
            StepUnit.Everything => Math.Min(1, graph.SessionCount),
            _ => graph.ObjectCount,
        }];
        Array.Fill(_stepOf, -1);
        FirstOfSession = new int[graph.SessionCount];
        LastOfSession = new int[graph.SessionCount];
        Array.Fill(FirstOfSession, -1);
        Array.Fill(LastOfSession, -1);
    }

    public PhaseSteps Steps { get; }

    public Phase Phase => Steps.Phase;

    public StepUnit Unit { get; }

    /// <summary>
    /// What moves in each step: an object, a file, a session, or 0 for everything; -1 where nothing does, as
    /// in the step of an act.
    /// </summary>
    public int[] Movers { get; }

    /// <summary>
    /// The first and the last step of each session, acts left out; -1 for one without steps.
    /// </summary>
    public int[] FirstOfSession { get; }

    public int[] LastOfSession { get; }

    /// <summary>Whether an act is done in the phase.</summary>
    public bool HasActs => _stepOfAct.Count > 0;

    /// <summary>Whether everything that is to move has exactly one step, and nothing else has one.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>
    /// The step in which an object moves or an act is done; -1 where the kernel moves it, or no step does.
    /// </summary>
    public int StepOf(ObjectId id)
    {
        if (_graph[id].Act is not null)
        {
            return _stepOfAct.GetValueOrDefault(id.Index, -1);
        }

        if (_graph.FileOf(id) is not { } file)
        {
            return -1;
        }

        return Unit switch
        {
            StepUnit.Object => _stepOf[id.Index],
            StepUnit.File => _stepOf[file.Index],
            StepUnit.Session => _stepOf[_graph[file].Session!.Value.Index],
            _ => _stepOf[0],
        };
    }

    public static PhaseTimeline Of(
        DependencyGraph graph, PhaseSteps steps, StepUnit unit, DiagnosticList diagnostics)
    {
        PhaseTimeline timeline = new(graph, steps, unit);
        for (int step = 0; step < steps.Count; step++)
        {
            timeline.Add(step, diagnostics);
        }

        for (int mover = 0; mover < timeline._stepOf.Length; mover++)
        {
            if (timeline._stepOf[mover] < 0 && timeline.HasStep(mover))
            {
                timeline.IsWhole = false;
                timeline.Report(diagnostics, DiagnosticCode.StepMissing, timeline.NameOf(mover));
            }
        }

        timeline.DemandActs(diagnostics);
        return timeline;
    }

    private void DemandActs(DiagnosticList diagnostics)
    {
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (_graph[id].Act?.Phase == Phase && !_stepOfAct.ContainsKey(i))
            {
                IsWhole = false;
                Report(diagnostics, DiagnosticCode.StepMissing, _graph.Set.NameOf(id));
            }
        }
    }

    private bool HasStep(int mover) => Unit switch
    {
        StepUnit.Object => _graph.FileOf(new ObjectId(mover)) is not null,
        StepUnit.File => _graph[new ObjectId(mover)].IsFile,
        _ => true,
    };

    private string NameOf(int mover) => Unit switch
    {
        StepUnit.Session => SessionSet.SessionPrefix + _graph.Set.NameOf(new SessionId(mover)),
        StepUnit.Everything => "everything",
        _ => _graph.Set.NameOf(new ObjectId(mover)),
    };

    private void Add(int step, DiagnosticList diagnostics)
    {
        PlanStep found = Steps[step];
        DiagnosticFact number = new("step", step);
        if (found.ActName is { } act)
        {
            AddAct(step, act, diagnostics);
            return;
        }

        int mover = MoverOf(found);
        if (mover < 0)
        {
            IsWhole = false;
            string name = found.ObjectName
                ?? (found.Session is { } unknown ? SessionSet.SessionPrefix + unknown.Text : "");
            Report(diagnostics, DiagnosticCode.StepUnknown, name, number);
            return;
        }

        if (_stepOf[mover] >= 0)
        {
            IsWhole = false;
            DiagnosticFact first = new("first", _stepOf[mover]);
            Report(diagnostics, DiagnosticCode.StepRepeated, NameOf(mover), number, first);
            return;
        }

        _stepOf[mover] = step;
        Movers[step] = mover;
        SessionId? session = Unit switch
        {
            StepUnit.Session => new SessionId(mover),
            StepUnit.Everything => null,
            _ => _graph.SessionOf(new ObjectId(mover)),
        };
        if (session is { } own)
        {
            FirstOfSession[own.Index] = FirstOfSession[own.Index] < 0 ? step : FirstOfSession[own.Index];
            LastOfSession[own.Index] = step;
        }

        bool isFile = Unit is StepUnit.Object or StepUnit.File && _graph[new ObjectId(mover)].IsFile;
        ulong? token = isFile ? _graph.TokenOf(new ObjectId(mover)) : null;
        CheckLabels(step, NameOf(mover), token, session, diagnostics);
    }

    private void AddAct(int step, string name, DiagnosticList diagnostics)
    {
        DiagnosticFact number = new("step", step);
        if (!_graph.Set.TryFind(name, out ObjectId id) || _graph[id].Act?.Phase != Phase)
        {
            IsWhole = false;
            Report(diagnostics, DiagnosticCode.StepUnknown, name, number);
        }
        else if (!_stepOfAct.TryAdd(id.Index, step))
        {
            IsWhole = false;
            DiagnosticFact first = new("first", _stepOfAct[id.Index]);
            Report(diagnostics, DiagnosticCode.StepRepeated, name, number, first);
        }
        else
        {
            CheckLabels(step, name, null, _graph[id].Act!.Session, diagnostics);
        }
    }

    private int MoverOf(PlanStep step)
    {
        if (Unit is StepUnit.Session or StepUnit.Everything)
        {
            return step.ObjectName is not null ? -1
                : Unit == StepUnit.Everything ? step.Session is null && _stepOf.Length > 0 ? 0 : -1
                : step.Session is { } named && _graph.Set.TryFindSession(named.Text, out SessionId session)
                    ? session.Index
                    : -1;
        }

        return _graph.Set.TryFind(step.ObjectName ?? "", out ObjectId id) && HasStep(id.Index)
            ? id.Index
            : -1;
    }

    private void CheckLabels(
        int step, string name, ulong? token, SessionId? session, DiagnosticList diagnostics)
    {
        PlanStep found = Steps[step];
        DiagnosticFact number = new("step", step);
        if (found.Token != token)
        {
            DiagnosticFact wrong = new("found", found.Token is { } other ? $"0x{other:x}" : "none");
            DiagnosticFact right = new("expected", token is { } own ? $"0x{own:x}" : "none");
            Report(diagnostics, DiagnosticCode.WrongToken, name, number, wrong, right);
        }

        string? sessionName = session is { } known ? _graph.Set.NameOf(known) : null;
        if (found.Session?.Text != sessionName)
        {
            DiagnosticFact wrong = new("found", found.Session?.Text ?? "none");
            DiagnosticFact right = new("expected", sessionName ?? "none");
            Report(diagnostics, DiagnosticCode.WrongSession, name, number, wrong, right);
        }
    }

    private void Report(
        DiagnosticList diagnostics,
        DiagnosticCode code,
        string subject,
        params ReadOnlySpan<DiagnosticFact> facts) =>
        diagnostics.Add(new Diagnostic(code, DiagnosticSeverity.Error)
        {
            Subjects = [subject],
            Facts = [new("phase", Phase.Name()), .. facts],
        });
}
