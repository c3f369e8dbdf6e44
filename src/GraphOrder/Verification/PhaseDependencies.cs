namespace GraphOrder;

/// <summary>
/// Looks up every dependency of a phase in the phase's timeline and reports the first one that is violated.
/// Time runs backward where the needing end goes first, so that what is needed must always be earlier.
/// </summary>
/// <remarks>
/// Where a phase takes session after session, two sessions are compared by their places in the order of
/// sessions, and an act with a session by their steps: the act stands before or behind all that the session
/// has there.
/// </remarks>
internal sealed class PhaseDependencies
{
    private readonly DependencyGraph _graph;
    private readonly PhaseRule _rule;
    private readonly PhaseTimeline _timeline;
    private readonly int[]? _ranks;
    private readonly int _sign;
    private readonly bool _separatesActs;
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
                needed.AddBlock(_sign * (long)step, OwnerOfAct(step), id);
            }
            else
            {
                needed.AddFile(_sign * (long)step, step, id);
            }

            return needed;
        }

        if (_graph.FileOf(on.ObjectId) is not { } file)
        {
            return _through[id];
        }

        int session = _graph[file].Session!.Value.Index;
        needed.AddFile(_sign * (long)step, step, id);
        AddSession(ref needed, session, id);
        if (_separatesActs)
        {
            needed.AddBlock(_sign * (long)step, session, id);
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
            needed.AddBlock(_sign * (long)last, session, _graph.VertexOf(on));
        }
    }

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
    private void AddStepsOf(ref Moments needed, int session)
    {
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
            CheckStep(index, step, step, needed.Files, checksWaves: true);
            CheckStep(index, step, OwnerOfAct(step), needed.Blocks, checksWaves: true);
        }
        else if (_graph.FileOf(dependent) is { } file)
        {
            int session = _graph[file].Session!.Value.Index;
            CheckStep(index, step, step, needed.Files, checksWaves: !IsBySession);
            CheckStep(index, step, session, needed.Blocks, checksWaves: true);
            CheckRank(index, session, step, needed.Sessions);
        }
    }

    private void CheckSession(int index, int session, in Moments needed)
    {
        int step = FirstStepOf(session);
        if (!IsBySession && step >= 0)
        {
            CheckStep(index, step, step, needed.Files, checksWaves: true);
        }
        else if (step >= 0)
        {
            CheckStep(index, step, session, needed.Blocks, checksWaves: true);
        }

        CheckRank(index, session, Math.Max(step, 0), needed.Sessions);
    }

    private void CheckStep(int index, int step, int owner, in Extremes earlier, bool checksWaves)
    {
        if (!earlier.TryLatestBut(owner, out long moment, out int id))
        {
            return;
        }

        int needed = (int)(_sign * moment);
        if (moment > _sign * (long)step)
        {
            Note(Math.Min(step, needed), index, id, isWave: false);
        }
        else if (checksWaves && (_timeline.Steps[needed].Wave - _timeline.Steps[step].Wave) * _sign >= 0)
        {
            Note(Math.Min(step, needed), index, id, isWave: true);
        }
    }

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
            : _graph.Set.NameOf(new SessionId(found.NeededId - _graph.ObjectCount));
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

    // What something needs, as moments: files by their steps, sessions by their places, and where acts stand
    // between sessions both by their steps.
    private struct Moments
    {
        private Extremes _files = new();
        private Extremes _sessions = new();
        private Extremes _blocks = new();

        public Moments()
        {
        }

        public readonly Extremes Files => _files;

        public readonly Extremes Sessions => _sessions;

        public readonly Extremes Blocks => _blocks;

        public void AddFile(long moment, int step, int id) => _files.Add(moment, step, id);

        public void AddSession(long moment, int session, int id) => _sessions.Add(moment, session, id);

        public void AddBlock(long moment, int owner, int id) => _blocks.Add(moment, owner, id);

        public void Add(in Moments other)
        {
            _files.Add(other._files);
            _sessions.Add(other._sessions);
            _blocks.Add(other._blocks);
        }
    }
}
