namespace GraphOrder;

/// <summary>
/// The steps of one phase of a plan, looked up in the graph: which file moves when. What cannot be looked
/// up is reported.
/// </summary>
internal sealed class PhaseTimeline
{
    private readonly DependencyGraph _graph;
    private readonly int[] _positions;

    private PhaseTimeline(DependencyGraph graph, PhaseSteps steps)
    {
        _graph = graph;
        Steps = steps;
        Files = new int[steps.Count];
        _positions = new int[graph.ObjectCount];
        Array.Fill(_positions, -1);
        Array.Fill(Files, -1);
        FirstOfSession = new int[graph.SessionCount];
        LastOfSession = new int[graph.SessionCount];
        Array.Fill(FirstOfSession, -1);
        Array.Fill(LastOfSession, -1);
    }

    public PhaseSteps Steps { get; }

    public Phase Phase => Steps.Phase;

    /// <summary>The file of each step; -1 where there is none.</summary>
    public int[] Files { get; }

    /// <summary>The first and the last step of each session; -1 for one without files.</summary>
    public int[] FirstOfSession { get; }

    public int[] LastOfSession { get; }

    /// <summary>Whether every file of the set has exactly one step and every step a file.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>When an object moves; -1 where the kernel moves it.</summary>
    public int PositionOf(ObjectId id) => _graph.FileOf(id) is { } file ? _positions[file.Index] : -1;

    public static PhaseTimeline Of(DependencyGraph graph, PhaseSteps steps, DiagnosticList diagnostics)
    {
        PhaseTimeline timeline = new(graph, steps);
        for (int step = 0; step < steps.Count; step++)
        {
            timeline.Add(step, diagnostics);
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (graph[id].IsFile && timeline._positions[i] < 0)
            {
                timeline.IsWhole = false;
                timeline.Report(diagnostics, DiagnosticCode.StepMissing, graph.Set.NameOf(id));
            }
        }

        return timeline;
    }

    private void Add(int step, DiagnosticList diagnostics)
    {
        PlanStep found = Steps[step];
        string name = found.ObjectName ?? "";
        DiagnosticFact number = new("step", step);
        if (!_graph.Set.TryFind(name, out ObjectId id) || _graph[id].Session is not { } session)
        {
            IsWhole = false;
            Report(diagnostics, DiagnosticCode.StepUnknown, name, number);
            return;
        }

        if (_positions[id.Index] >= 0)
        {
            IsWhole = false;
            DiagnosticFact first = new("first", _positions[id.Index]);
            Report(diagnostics, DiagnosticCode.StepRepeated, name, number, first);
            return;
        }

        _positions[id.Index] = step;
        Files[step] = id.Index;
        FirstOfSession[session.Index] =
            FirstOfSession[session.Index] < 0 ? step : FirstOfSession[session.Index];
        LastOfSession[session.Index] = step;
        ulong token = _graph.TokenOf(id);
        if (found.Token != token)
        {
            DiagnosticFact wrong = new("found", found.Token is { } other ? $"0x{other:x}" : "none");
            Report(
                diagnostics, DiagnosticCode.WrongToken, name, number, wrong, new("expected", $"0x{token:x}"));
        }

        string sessionName = _graph.Set.NameOf(session);
        if (found.Session?.Text != sessionName)
        {
            DiagnosticFact wrong = new("found", found.Session?.Text ?? "none");
            Report(
                diagnostics, DiagnosticCode.WrongSession, name, number, wrong, new("expected", sessionName));
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
