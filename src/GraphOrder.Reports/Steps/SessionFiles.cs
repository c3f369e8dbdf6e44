namespace GraphOrder.Reports;

/// <summary>
/// What moves in a step that names no file: the files of a session in the order in which the kernel takes
/// them, or at once.
/// </summary>
internal sealed class SessionFiles
{
    private const int NamesMax = 12;

    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly RunSteps _run;
    private readonly ReportNames _names;
    private readonly List<ObjectId>[]?[] _byPhase = new List<ObjectId>[]?[Phases.Count];

    public SessionFiles(DependencyGraph graph, KernelPair kernels, RunSteps run, ReportNames names)
    {
        _graph = graph;
        _kernels = kernels;
        _run = run;
        _names = names;
    }

    /// <summary>The files; empty where the session has none.</summary>
    public string MovedBy(RunStep step)
    {
        Phase phase = RunSteps.PhaseOf(step.Verb);
        if (step.Session is not { } session)
        {
            string files = Plural.Of(_graph.Set.Objects.Count(static found => found.IsFile), "file");
            return $"kernel, at once: {files} in {Plural.Of(_graph.SessionCount, "session")}";
        }

        List<ObjectId> moved = (_byPhase[(int)phase] ??= BySession(phase))[session.Index];
        if (moved.Count == 0)
        {
            return "";
        }

        string how = _kernels[phase].Unit == StepUnit.Session ? "kernel, at once" : "kernel";
        string names = string.Join(' ', moved.Take(NamesMax).Select(file => _names.Short(file, session)));
        string more = moved.Count > NamesMax ? $" and {moved.Count - NamesMax} more" : "";
        return $"{how}: {names}{more}";
    }

    private List<ObjectId>[] BySession(Phase phase)
    {
        List<ObjectId>[] bySession = new List<ObjectId>[_graph.SessionCount];
        for (int i = 0; i < bySession.Length; i++)
        {
            bySession[i] = [];
        }

        foreach (ObjectId file in _kernels[phase].Unit == StepUnit.Session ? Files() : _run.ObjectsIn(phase))
        {
            bySession[_graph[file].Session!.Value.Index].Add(file);
        }

        return bySession;
    }

    private IEnumerable<ObjectId> Files()
    {
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            if (_graph[new ObjectId(i)].IsFile)
            {
                yield return new ObjectId(i);
            }
        }
    }
}
