namespace GraphOrder.Reports;

/// <summary>What of a set lies on the closed walks that refuse it. Immutable.</summary>
internal sealed class CycleMarks
{
    private readonly SortedDictionary<int, SortedDictionary<int, PhaseSet>> _steps = [];
    private readonly HashSet<DependencyEnd> _ends = [];
    private readonly HashSet<SessionId> _sessions = [];
    private readonly DependencyGraph _graph;
    private readonly bool _isAlone;

    public CycleMarks(DependencyGraph graph, PlanResult result)
    {
        _graph = graph;
        Diagnostic[] found = [.. result.Diagnostics
            .Where(static found => found is { IsError: true, Cycle: not null })];
        _isAlone = found.Length == 1;
        for (int index = 0; index < found.Length; index++)
        {
            DependencyCycle cycle = found[index].Cycle!;
            for (int step = 0; step < cycle.Steps.Length; step++)
            {
                Add(cycle, index, step);
            }

            if (found[index].Code == DiagnosticCode.FileCycle)
            {
                MarkFiles();
            }
        }
    }

    /// <summary>What closes the walks beside dependencies.</summary>
    public List<CycleLink> Links { get; } = [];

    /// <summary>Whether there is a closed walk.</summary>
    public bool AreAny => _ends.Count > 0;

    /// <summary>Whether an end lies on one.</summary>
    public bool Contains(DependencyEnd end) => _ends.Contains(end);

    /// <summary>Whether a session, or something in it, lies on one.</summary>
    public bool Contains(SessionId session) => _sessions.Contains(session);

    /// <summary>
    /// Which steps of a walk a dependency is, with their phases: <c>1. finish</c>; null for none.
    /// </summary>
    public string? StepsOf(int dependency) => !_steps.TryGetValue(
        dependency, out SortedDictionary<int, PhaseSet>? steps)
        ? null
        : string.Join(", ", steps.Select(step => $"{Number(step.Key)} {step.Value}"));

    // Walks are lettered where there are several.
    private string Number(int key) =>
        _isAlone ? $"{key & 0xFFFF}." : $"{(char)('a' + Math.Min(key >> 16, 25))}{key & 0xFFFF}.";

    private void Add(DependencyCycle cycle, int index, int number)
    {
        CycleStep step = cycle.Steps[number];
        int key = (index << 16) | (number + 1);
        DependencyEnd? first = Mark(step.First);
        DependencyEnd? then = Mark(step.Then);
        if (step.Rule == CycleRule.FixedBeginning)
        {
            // As a dependency of preserve is drawn: from what comes later to what comes first.
            if (first is { } head && then is { } tail && tail != head)
            {
                Links.Add(new(tail, head, $"{Number(key)} the kernel has it so already", IsOrder: true));
            }
        }
        else if (Mark(step.Dependent) is { } dependent && Mark(step.On) is { } on)
        {
            int found = Find(dependent, on, step.Phase);
            if (found >= 0)
            {
                if (!_steps.TryGetValue(found, out SortedDictionary<int, PhaseSet>? steps))
                {
                    _steps[found] = steps = [];
                }

                steps[key] = steps.GetValueOrDefault(key).With(step.Phase);
            }
        }

        string next = cycle.Steps[(number + 1) % cycle.Steps.Length].First;
        if (step.JoinedBy is not null && then is { } from
            && _graph.Set.TryFindEnd(next, out DependencyEnd to) && from != to)
        {
            Links.Add(new(from, to, $"both in {PlainText.Id(step.JoinedBy)}", IsOrder: false));
        }
    }

    // Where files wait for one another, theirs is the walk.
    private void MarkFiles()
    {
        foreach (DependencyEnd end in _ends.ToArray())
        {
            if (!end.IsSession && _graph[end.ObjectId].Carrier is { } file)
            {
                _ends.Add(file);
            }
        }
    }

    private DependencyEnd? Mark(string name)
    {
        if (!_graph.Set.TryFindEnd(name, out DependencyEnd end))
        {
            return null;
        }

        _ends.Add(end);
        SessionId? home = end.IsSession
            ? end.SessionId
            : _graph.SessionOf(end.ObjectId) ?? _graph[end.ObjectId].Act?.Session;
        if (home is { } session)
        {
            _sessions.Add(session);
        }

        return end;
    }

    private int Find(DependencyEnd dependent, DependencyEnd on, Phase phase)
    {
        ReadOnlySpan<Dependency> all = _graph.DependenciesOf(dependent);
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].On == on && all[i].Phases.Contains(phase))
            {
                return _graph.FirstDependencyOf(dependent) + i;
            }
        }

        return -1;
    }
}
