namespace GraphOrder.Reports;

/// <summary>One step that must come earlier, and why.</summary>
/// <param name="File">The file of that step.</param>
/// <param name="Step">Its number.</param>
/// <param name="Phrase">The words.</param>
/// <param name="Needed">The name of what is needed, where the words go on with it.</param>
/// <param name="Phase">The phase that says so where it is another than the line's own.</param>
internal readonly record struct Reason(
    ObjectId File,
    int Step,
    ReasonPhrase Phrase,
    string Needed,
    Phase? Phase);

/// <summary>
/// Why a file is preserved or retrieved where it is: the steps that must come earlier, one reason for each.
/// </summary>
/// <remarks>O(dependencies of the file and of what it carries) a file. Not thread-safe.</remarks>
internal sealed class StepReasons
{
    // Dependencies of a whole session are told for each of its files; more than these are not looked at.
    private const int OfSessionMax = 16;

    // With more reasons than these, or for a file of more dependencies, all are told: looking for what is
    // implied would cost more than it is worth.
    private const int ReducedMax = 8;
    private const int DegreeMax = 64;

    private readonly DependencyGraph _graph;
    private readonly RunSteps _run;
    private readonly ReportNames _names;
    private readonly BindingPhases _binding;
    private readonly KernelMovedTargets _moved;
    private readonly CarriedObjects _carried;
    private readonly PhaseSet _neededFirstInside;
    private readonly PhaseSet _needingFirstInside;
    private readonly LastFiles _lastPreserved;
    private readonly LastFiles _lastRetrieved;
    private readonly Dictionary<int, Reason> _byStep = [];
    private readonly List<DependencyEnd> _targets = [];

    public StepReasons(
        DependencyGraph graph,
        KernelPair kernels,
        RunSteps run,
        ReportNames names,
        BindingPhases binding,
        KernelMovedTargets moved)
    {
        _graph = graph;
        _run = run;
        _names = names;
        _binding = binding;
        _moved = moved;
        _carried = new CarriedObjects(graph);
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            if (rule.ReadsPreserveOrder && binding.CountIn(phase) > 0)
            {
                bool isForward = rule.Inside == InsideSession.PreserveForward;
                bool isNeededFirst = phase.NeededGoesFirst() == isForward;
                _ = isNeededFirst
                    ? _neededFirstInside = _neededFirstInside.With(phase)
                    : _needingFirstInside = _needingFirstInside.With(phase);
            }
        }

        _lastPreserved = new LastFiles(graph, RunSteps.FilesOf(graph.Set, run.Plan[Phase.Preserve]));
        _lastRetrieved = new LastFiles(graph, RunSteps.FilesOf(graph.Set, run.Plan[Phase.Retrieve]));
    }

    /// <summary>
    /// The reasons of a file in preserve or retrieve, the most telling first. What another of its steps needs
    /// by itself is left out: it is told there.
    /// </summary>
    public List<Reason> Of(ObjectId file, Phase phase)
    {
        List<Reason> reasons = Gather(file, phase);
        if (reasons.Count is < 2 or > ReducedMax)
        {
            return reasons;
        }

        HashSet<int> implied = [];
        foreach (Reason reason in reasons)
        {
            if (!IsSmall(reason.File))
            {
                continue;
            }

            foreach (Reason earlier in Gather(reason.File, phase))
            {
                implied.Add(earlier.Step);
            }
        }

        reasons.RemoveAll(reason => implied.Contains(reason.Step));
        return reasons;
    }

    // A file that many steps need and that needs many would be gathered for each of them.
    private bool IsSmall(ObjectId file)
    {
        ReadOnlySpan<ObjectId> carried = _carried.Of(file);
        int degree = DegreeOf(file);
        for (int i = 0; i < Math.Min(carried.Length, DegreeMax); i++)
        {
            degree += DegreeOf(carried[i]);
        }

        return carried.Length <= DegreeMax && degree <= DegreeMax;
    }

    private int DegreeOf(ObjectId id) =>
        _graph.DependenciesOf(id).Length + (_needingFirstInside.IsEmpty ? 0 : _graph.DependentsOf(id).Length);

    private List<Reason> Gather(ObjectId file, Phase phase)
    {
        _byStep.Clear();
        SessionId session = _graph[file].Session!.Value;
        AddOf(file, file, session, phase);
        foreach (ObjectId carried in _carried.Of(file))
        {
            AddOf(carried, file, session, phase);
        }

        ReadOnlySpan<Dependency> ofSession = _graph.DependenciesOf(session);
        for (int i = 0; i < Math.Min(ofSession.Length, OfSessionMax); i++)
        {
            Consider(ofSession[i], "the session", file, session, phase, isWholeSession: true);
        }

        List<Reason> reasons = [.. _byStep.Values];
        reasons.Sort(static (left, right) =>
            left.Phrase.Rank != right.Phrase.Rank
                ? left.Phrase.Rank.CompareTo(right.Phrase.Rank)
                : left.Step.CompareTo(right.Step));
        return reasons;
    }

    private void AddOf(ObjectId id, ObjectId file, SessionId session, Phase phase)
    {
        string? name = null;
        foreach (Dependency dependency in _graph.DependenciesOf(id))
        {
            name ??= id == file ? "" : _names.Short(id, session);
            Consider(dependency, name, file, session, phase, isWholeSession: false);
        }

        if (phase != Phase.Preserve || _needingFirstInside.IsEmpty)
        {
            return;
        }

        foreach (int index in _graph.DependentsOf(id))
        {
            Dependency dependency = _graph.Dependencies[index];
            PhaseSet phases = _binding.Of(dependency) & _needingFirstInside;
            if (!phases.IsEmpty && FileOf(dependency.Dependent) is { } other
                && other != file && _graph[other].Session == session)
            {
                string words = $"{_names.Of(dependency.Dependent, session)} goes first";
                Keep(other, new ReasonPhrase(ReasonWords.Qualified, words, false), "", phases.First, phase);
            }
        }
    }

    private void Consider(
        in Dependency dependency,
        string dependent,
        ObjectId file,
        SessionId session,
        Phase phase,
        bool isWholeSession)
    {
        PhaseSet binding = _binding.Of(dependency);
        PhaseSet inside = phase == Phase.Preserve && !isWholeSession ? _neededFirstInside : PhaseSet.None;
        PhaseSet relevant = binding & inside.With(phase);
        if (relevant.IsEmpty)
        {
            return;
        }

        if (!_moved.IsMoved(dependency.On))
        {
            ReasonPhrase phrase = ReasonWords.Of(_graph, dependency, dependent, phase == Phase.Retrieve);
            Consider(dependency.On, relevant, phrase, file, session, phase);
            return;
        }

        foreach (Phase one in relevant)
        {
            _targets.Clear();
            _moved.AddTo(_targets, dependency.On.ObjectId, one);
            foreach (DependencyEnd target in _targets)
            {
                ReasonPhrase through = new(ReasonWords.Through, $"through {_names.Of(dependency.On)}", false);
                Consider(target, PhaseSet.Of(one), through, file, session, phase);
            }
        }
    }

    private void Consider(
        DependencyEnd on, PhaseSet phases, ReasonPhrase phrase, ObjectId file, SessionId session, Phase phase)
    {
        if (on.IsSession)
        {
            LastFiles last = phase == Phase.Retrieve ? _lastRetrieved : _lastPreserved;
            if (phases.Contains(phase) && last.Of(on.SessionId, except: file) is { } lastFile)
            {
                string words = phrase.NamesNeeded || phrase.Lead.Length == 0 ? "the last of" : phrase.Lead;
                string name = on.SessionId == session ? "its session" : _names.Of(on.SessionId);
                ReasonPhrase told = phrase with { Lead = words, NamesNeeded = words != phrase.Lead };
                Keep(lastFile, told, name, null, phase);
            }

            return;
        }

        if (_graph.FileOf(on.ObjectId) is not { } needed || needed == file)
        {
            return;
        }

        bool isOwnPhase = phases.Contains(phase);
        if (isOwnPhase || _graph[needed].Session == session)
        {
            int rank = phrase.Rank + (isOwnPhase ? 0 : ReasonWords.Qualified);
            ReasonPhrase told = phrase with { Rank = rank };
            Keep(needed, told, _names.Of(on, session), isOwnPhase ? null : phases.First, phase);
        }
    }

    private ObjectId? FileOf(DependencyEnd end) => end.IsSession ? null : _graph.FileOf(end.ObjectId);

    private void Keep(ObjectId file, ReasonPhrase phrase, string needed, Phase? why, Phase phase)
    {
        int step = _run.Of(phase, file);
        if (!_byStep.TryGetValue(step, out Reason known) || phrase.Rank < known.Phrase.Rank)
        {
            _byStep[step] = new Reason(file, step, phrase, phrase.NamesNeeded ? needed : "", why);
        }
    }
}
