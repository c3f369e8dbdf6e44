namespace GraphOrder;

/// <summary>
/// Looks up every dependency of a phase in the phase's timeline and reports the first one that is violated.
/// Time runs backward where the needing end goes first, so that what is needed must always be earlier.
/// </summary>
internal sealed class PhaseDependencies
{
    private readonly DependencyGraph _graph;
    private readonly PhaseRule _rule;
    private readonly PhaseTimeline _timeline;
    private readonly int[]? _ranks;
    private readonly int _sign;
    private readonly Dictionary<int, (Extremes Files, Extremes Sessions)> _through = [];
    private (long Step, int Dependency, int NeededId, bool IsWave)? _first;

    private PhaseDependencies(
        DependencyGraph graph, PhaseRule rule, PhaseTimeline timeline, SessionRanks ranks)
    {
        _graph = graph;
        _rule = rule;
        _timeline = timeline;
        _ranks = ranks.Of(rule.Between);
        _sign = rule.Phase.NeededGoesFirst() ? 1 : -1;
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
        Extremes files = new();
        Extremes sessions = new();
        for (int i = first; i < first + _graph.DependenciesOf(new ObjectId(id)).Length; i++)
        {
            if (binding[i].Contains(_rule.Phase))
            {
                (Extremes moreFiles, Extremes moreSessions) = Needed(_graph.Dependencies[i].On);
                files.Add(moreFiles);
                sessions.Add(moreSessions);
            }
        }

        _through[id] = (files, sessions);
    }

    private (Extremes Files, Extremes Sessions) Needed(DependencyEnd on)
    {
        Extremes files = new();
        Extremes sessions = new();
        if (!on.IsSession)
        {
            int id = on.ObjectId.Index;
            if (_graph.FileOf(on.ObjectId) is not { } file)
            {
                return _through[id];
            }

            int step = _timeline.StepOf(on.ObjectId);
            files.Add(_sign * (long)step, step, id);
            AddSession(ref sessions, _graph[file].Session!.Value.Index, id);
        }
        else if (IsBySession)
        {
            AddSession(ref sessions, on.SessionId.Index, _graph.VertexOf(on));
        }
        else
        {
            AddStepsOf(ref files, on.SessionId.Index);
        }

        return (files, sessions);
    }

    private void AddSession(ref Extremes sessions, int session, int id)
    {
        if (IsBySession && _ranks is not null)
        {
            int direction = _rule.IsBackward ? -_sign : _sign;
            sessions.Add(direction * (long)_ranks[session], session, id);
        }
    }

    // The last two steps of the session in this direction of time: one of them is not the dependent's own.
    private void AddStepsOf(ref Extremes files, int session)
    {
        int taken = 0;
        int from = _sign > 0 ? _timeline.LastOfSession[session] : _timeline.FirstOfSession[session];
        for (int step = from; step >= 0 && step < _timeline.Movers.Length && taken < 2; step -= _sign)
        {
            int mover = _timeline.Movers[step];
            if (_graph.SessionOf(new ObjectId(mover)) is { } own && own.Index == session)
            {
                files.Add(_sign * (long)step, step, mover);
                taken++;
            }
        }
    }

    private void CheckOne(int index)
    {
        Dependency dependency = _graph.Dependencies[index];
        (Extremes files, Extremes sessions) = Needed(dependency.On);
        if (dependency.Dependent.IsSession)
        {
            CheckSession(index, dependency.Dependent.SessionId.Index, files, sessions);
            return;
        }

        ObjectId dependent = dependency.Dependent.ObjectId;
        if (_graph.FileOf(dependent) is not { } file)
        {
            return;
        }

        int step = _timeline.StepOf(dependent);
        CheckStep(index, step, files);
        CheckRank(index, _graph[file].Session!.Value.Index, step, sessions);
    }

    private void CheckSession(int index, int session, in Extremes files, in Extremes sessions)
    {
        int step = _sign > 0 ? _timeline.FirstOfSession[session] : _timeline.LastOfSession[session];
        if (!IsBySession && step >= 0)
        {
            CheckStep(index, step, files);
        }

        CheckRank(index, session, Math.Max(step, 0), sessions);
    }

    private void CheckStep(int index, int step, in Extremes files)
    {
        if (!files.TryLatestBut(step, out long moment, out int id))
        {
            return;
        }

        int needed = (int)(_sign * moment);
        if (moment > _sign * (long)step)
        {
            Note(Math.Min(step, needed), index, id, isWave: false);
        }
        else if (!IsBySession
            && (_timeline.Steps[needed].Wave - _timeline.Steps[step].Wave) * _sign >= 0)
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
}
