namespace GraphOrder;

/// <summary>
/// Looks up every dependency of a phase in the phase's timeline and reports the first one that is violated.
/// Time runs backward where the needing end goes first, so that what is needed must always be earlier.
/// </summary>
/// <remarks>
/// Where a phase takes session after session, two sessions are compared by their places in the order of
/// sessions, and an act with a session by their steps: the act stands before or behind all that the session
/// has there. The waves of two steps that are ordered differ in the same direction.
/// </remarks>
internal sealed class PhaseDependencies
{
    private readonly DependencyGraph _graph;
    private readonly PhaseRule _rule;
    private readonly PhaseTimeline _timeline;
    private readonly int[]? _ranks;
    private readonly int _sign;
    private readonly bool _separatesActs;
    private readonly Extremes[] _firstWaves;
    private readonly Extremes[] _lastWaves;
    private readonly Dictionary<int, Moments> _through = [];
    private (long Step, int Dependency, int NeededId, bool IsWave)? _first;

    private PhaseDependencies(
        DependencyGraph graph, PhaseRule rule, PhaseTimeline timeline, SessionRanks ranks)
    {
        _graph = graph;
        _rule = rule;
        _timeline = timeline;
        _ranks = ranks.Of(rule.Between);
        _sign = rule.Phase.NeededGoesFirst() ? 1 : -1;
        _separatesActs = IsBySession && timeline.HasActs;
        _firstWaves = new Extremes[IsBySession ? 0 : graph.SessionCount];
        _lastWaves = new Extremes[_firstWaves.Length];
        Array.Fill(_firstWaves, new Extremes());
        Array.Fill(_lastWaves, new Extremes());
        for (int step = 0; step < timeline.Movers.Length && !IsBySession; step++)
        {
            if (timeline.Movers[step] is var mover and >= 0
                && graph.SessionOf(new ObjectId(mover)) is { } session)
            {
                long moment = _sign * (long)timeline.Steps[step].Wave;
                _firstWaves[session.Index].Add(-moment, step, mover);
                _lastWaves[session.Index].Add(moment, step, mover);
            }
        }
    }

    public static void Check(
        DependencyGraph graph,
        PhaseSet[] binding,
        ObjectRelation relation,
        PhaseRule rule,
        PhaseTimeline timeline,
        SessionRanks ranks,
        DiagnosticList diagnostics)
    {
        if (rule.Unit == StepUnit.Everything)
        {
            return;
        }

        PhaseDependencies check = new(graph, rule, timeline, ranks);
        foreach (int id in relation.KernelMoved)
        {
            check.Gather(binding, id);
        }

        for (int i = 0; i < graph.DependencyCount; i++)
        {
            if (binding[i].Contains(rule.Phase))
            {
                check.CheckOne(i);
            }
        }

        check.Report(diagnostics);
    }

    private bool IsBySession => !_rule.Between.IsInterleaved;

    // What a kernel-moved object needs, directly or through others; those come first, so each is complete by
    // now.
    private void Gather(PhaseSet[] binding, int id)
    {
        int first = _graph.FirstDependencyOf(new ObjectId(id));
        Moments gathered = new();
        for (int i = first; i < first + _graph.DependenciesOf(new ObjectId(id)).Length; i++)
        {
            if (binding[i].Contains(_rule.Phase))
            {
                gathered.Add(Needed(_graph.Dependencies[i].On));
            }
        }

        _through[id] = gathered;
    }

    private Moments Needed(DependencyEnd on)
    {
        Moments needed = new();
        if (on.IsSession)
        {
            AddWholeSession(ref needed, on);
            return needed;
        }

        int id = on.ObjectId.Index;
        int step = _timeline.StepOf(on.ObjectId);
        if (_graph[on.ObjectId].Act is not null)
        {
            if (IsBySession)
            {
                AddBlock(ref needed, step, OwnerOfAct(step), id);
            }
            else
            {
                AddStep(ref needed, step, id);
            }

            return needed;
        }

        if (_graph.FileOf(on.ObjectId) is not { } file)
        {
            return _through[id];
        }

        int session = _graph[file].Session!.Value.Index;
        AddStep(ref needed, step, id);
        AddSession(ref needed, session, id);
        if (_separatesActs)
        {
            AddBlock(ref needed, step, session, id);
        }

        return needed;
    }

    private void AddWholeSession(ref Moments needed, DependencyEnd on)
    {
        int session = on.SessionId.Index;
        if (!IsBySession)
        {
            AddStepsOf(ref needed, session);
            return;
        }

        AddSession(ref needed, session, _graph.VertexOf(on));
        int last = LastStepOf(session);
        if (_separatesActs && last >= 0)
        {
            AddBlock(ref needed, last, session, _graph.VertexOf(on));
        }
    }

    private void AddStep(ref Moments needed, int step, int id)
    {
        needed.AddFile(_sign * (long)step, step, id);
        if (!IsBySession)
        {
            needed.AddWave(WaveAt(step), step, id);
        }
    }

    private void AddBlock(ref Moments needed, int step, int owner, int id)
    {
        needed.AddBlock(_sign * (long)step, owner, id);
        needed.AddWave(WaveAt(step), owner, id);
    }

    private long WaveAt(int step) => _sign * (long)_timeline.Steps[step].Wave;

    // Sessions own their blocks by their numbers, each act its own.
    private int OwnerOfAct(int step) => _graph.SessionCount + step;

    private int FirstStepOf(int session) =>
        _sign > 0 ? _timeline.FirstOfSession[session] : _timeline.LastOfSession[session];

    private int LastStepOf(int session) =>
        _sign > 0 ? _timeline.LastOfSession[session] : _timeline.FirstOfSession[session];

    private void AddSession(ref Moments needed, int session, int id)
    {
        if (IsBySession && _ranks is not null)
        {
            int direction = _rule.IsBackward ? -_sign : _sign;
            needed.AddSession(direction * (long)_ranks[session], session, id);
        }
    }

    // The last two steps of the session in this direction of time: one of them is not the dependent's own.
    // The last two by wave may be others.
    private void AddStepsOf(ref Moments needed, int session)
    {
        needed.AddWaves(_lastWaves[session]);
        int taken = 0;
        int from = LastStepOf(session);
        for (int step = from; step >= 0 && step < _timeline.Movers.Length && taken < 2; step -= _sign)
        {
            int mover = _timeline.Movers[step];
            if (mover >= 0 && _graph.SessionOf(new ObjectId(mover)) is { } own && own.Index == session)
            {
                needed.AddFile(_sign * (long)step, step, mover);
                taken++;
            }
        }
    }

    private void CheckOne(int index)
    {
        Dependency dependency = _graph.Dependencies[index];
        Moments needed = Needed(dependency.On);
        if (dependency.Dependent.IsSession)
        {
            CheckSession(index, dependency.Dependent.SessionId.Index, needed);
            return;
        }

        ObjectId dependent = dependency.Dependent.ObjectId;
        int step = _timeline.StepOf(dependent);
        if (_graph[dependent].Act is not null)
        {
            int owner = IsBySession ? OwnerOfAct(step) : step;
            CheckStep(index, step, step, needed.Files);
            CheckStep(index, step, owner, needed.Blocks);
            CheckWave(index, WaveAt(step), step, owner, needed.Waves);
        }
        else if (_graph.FileOf(dependent) is { } file)
        {
            int session = _graph[file].Session!.Value.Index;
            CheckStep(index, step, step, needed.Files);
            CheckStep(index, step, session, needed.Blocks);
            CheckRank(index, session, step, needed.Sessions);
            CheckWave(index, WaveAt(step), step, IsBySession ? session : step, needed.Waves);
        }
    }

    private void CheckSession(int index, int session, in Moments needed)
    {
        int step = FirstStepOf(session);
        if (step >= 0 && IsBySession)
        {
            CheckStep(index, step, session, needed.Blocks);
            CheckWave(index, WaveAt(step), step, session, needed.Waves);
        }
        else if (step >= 0)
        {
            CheckStep(index, step, step, needed.Files);
            CheckFirstWaves(index, session, needed.Waves);
        }

        CheckRank(index, session, Math.Max(step, 0), needed.Sessions);
    }

    private void CheckStep(int index, int step, int owner, in Extremes earlier)
    {
        if (earlier.TryLatestBut(owner, out long moment, out int id) && moment > _sign * (long)step)
        {
            Note(Math.Min(step, _sign * moment), index, id, isWave: false);
        }
    }

    private void CheckWave(int index, long wave, int step, int owner, in Extremes earlier)
    {
        if (earlier.TryLatestBut(owner, out long moment, out int id) && moment >= wave)
        {
            Note(Math.Min(step, StepOf(id)), index, id, isWave: true);
        }
    }

    // Every step of the session against everything needed that is not that very step. Where the two ends of
    // the longest reach are one step, one of them gives way to the next.
    private void CheckFirstWaves(int index, int session, in Extremes earlier)
    {
        const int nobody = -1;
        int owner = nobody;
        for (int i = 0; i < 2 && earlier.TryLatestBut(owner, out _, out int id); i++)
        {
            owner = _timeline.StepOf(new ObjectId(id));
            if (_firstWaves[session].TryLatestBut(owner, out long first, out int mover))
            {
                int step = _timeline.StepOf(new ObjectId(mover));
                CheckWave(index, -first, step, step, earlier);
            }
        }
    }

    private int StepOf(int vertex) => vertex < _graph.ObjectCount
        ? _timeline.StepOf(new ObjectId(vertex))
        : _timeline.FirstOfSession[vertex - _graph.ObjectCount];

    private void CheckRank(int index, int session, int step, in Extremes sessions)
    {
        if (_ranks is null || !sessions.TryLatestBut(session, out long moment, out int id))
        {
            return;
        }

        int direction = _rule.IsBackward ? -_sign : _sign;
        if (moment > direction * (long)_ranks[session])
        {
            Note(step, index, id, isWave: false);
        }
        else if (_rule.Between != SessionOrder.Create
            && WaveOf(session) is { } wave
            && WaveOf(SessionOf(id)) is { } neededWave
            && (neededWave - wave) * _sign >= 0)
        {
            Note(step, index, id, isWave: true);
        }
    }

    private int? WaveOf(int session) =>
        _timeline.FirstOfSession[session] is var first and >= 0 ? _timeline.Steps[first].Wave : null;

    private int SessionOf(int vertex) => vertex < _graph.ObjectCount
        ? _graph.SessionOf(new ObjectId(vertex))!.Value.Index
        : vertex - _graph.ObjectCount;

    // Violations count before waves; among equals the one whose step comes first, then the first dependency.
    private void Note(long step, int dependency, int neededId, bool isWave)
    {
        if (_first is not { } known
            || (known.IsWave && !isWave)
            || (known.IsWave == isWave && step < known.Step))
        {
            _first = (step, dependency, neededId, isWave);
        }
    }

    private void Report(DiagnosticList diagnostics)
    {
        if (_first is not { } found)
        {
            return;
        }

        Dependency dependency = _graph.Dependencies[found.Dependency];
        string dependent = _graph.Set.NameOf(dependency.Dependent);
        string on = found.NeededId < _graph.ObjectCount
            ? _graph.Set.NameOf(new ObjectId(found.NeededId))
            : _graph.Set.NameOf((DependencyEnd)new SessionId(found.NeededId - _graph.ObjectCount));
        string first = _sign > 0 ? on : dependent;
        string then = _sign > 0 ? dependent : on;
        DiagnosticCode code = found.IsWave ? DiagnosticCode.WrongWave : DiagnosticCode.DependencyViolated;
        diagnostics.Add(new Diagnostic(code, DiagnosticSeverity.Error)
        {
            Subjects = [dependent, on],
            Facts =
            [
                new("phase", _rule.Phase.Name()),
                new("first", first),
                new("then", then),
                new("step", found.Step),
            ],
            Location = dependency.Origin.Location,
        });
    }
}
