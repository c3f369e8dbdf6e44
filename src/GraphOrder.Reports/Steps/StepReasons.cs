namespace GraphOrder.Reports;

/// <summary>One step that must come earlier, and why.</summary>
/// <param name="File">The file of that step.</param>
/// <param name="Step">Its number.</param>
/// <param name="Phrase">The words.</param>
/// <param name="Needed">What is needed: the words may go on with its name.</param>
/// <param name="Phase">The phase that says so where it is another than the line's own.</param>
internal readonly record struct Reason(
    ObjectId File,
    int Step,
    ReasonPhrase Phrase,
    DependencyEnd Needed,
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
    private const int SearchedMax = 16;

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
    private bool _isWordless;

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

        HashSet<int> implied = Implied(reasons, phase);
        reasons.RemoveAll(reason => implied.Contains(reason.Step));
        return reasons;
    }

    // The steps that steps of the list need in their turn, as far as a short search sees; what it does not
    // see is told although it need not be.
    private HashSet<int> Implied(List<Reason> reasons, Phase phase)
    {
        int first = reasons.Min(static reason => reason.Step);
        HashSet<int> implied = [];
        HashSet<int> seen = [];
        Queue<Reason> open = new(reasons);
        _isWordless = true;
        while (seen.Count < SearchedMax && open.TryDequeue(out Reason reason))
        {
            if (reason.Step <= first || !seen.Add(reason.Step) || !IsSmall(reason.File))
            {
                continue;
            }

            foreach (Reason earlier in Gather(reason.File, phase))
            {
                implied.Add(earlier.Step);
                open.Enqueue(earlier);
            }
        }

        _isWordless = false;
        return implied;
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
        bool isAct = _graph[file].Act is not null;
        SessionId session = _names.HomeOf(file);
        AddOf(file, file, session, phase);
        foreach (ObjectId carried in _carried.Of(file))
        {
            AddOf(carried, file, session, phase);
        }

        ReadOnlySpan<Dependency> ofSession = isAct ? [] : _graph.DependenciesOf(session);
        for (int i = 0; i < Math.Min(ofSession.Length, OfSessionMax); i++)
        {
            Consider(ofSession[i], null, file, session, phase);
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
        foreach (Dependency dependency in _graph.DependenciesOf(id))
        {
            Consider(dependency, id, file, session, phase);
        }

        if (phase != Phase.Preserve || _needingFirstInside.IsEmpty)
        {
            return;
        }

        foreach (int index in _graph.DependentsOf(id))
        {
            Dependency dependency = _graph.Dependencies[index];
            PhaseSet phases = _binding.Of(dependency) & _needingFirstInside;
            if (!phases.IsEmpty && !dependency.Dependent.IsSession
                && _graph.FileOf(dependency.Dependent.ObjectId) is { } other
                && other != file && _graph[other].Session == session)
            {
                string words = _isWordless ? "" : $"{_names.Of(dependency.Dependent, session)} goes first";
                ReasonPhrase phrase = new(0, words, false);
                Keep(new Reason(other, _run.Of(phase, other), phrase, dependency.Dependent, phases.First));
            }
        }
    }

    /// <param name="dependency">A dependency of the file, of what it carries or of its session.</param>
    /// <param name="owner">The object that has it; null for the session.</param>
    /// <param name="file">The file.</param>
    /// <param name="session">Its session.</param>
    /// <param name="phase">Preserve or retrieve.</param>
    private void Consider(
        in Dependency dependency, ObjectId? owner, ObjectId file, SessionId session, Phase phase)
    {
        bool readsInside = phase == Phase.Preserve && owner is not null;
        PhaseSet inside = readsInside ? _neededFirstInside : PhaseSet.None;
        PhaseSet relevant = _binding.Of(dependency) & inside.With(phase);
        if (relevant.IsEmpty)
        {
            return;
        }

        if (!_moved.IsMoved(dependency.On))
        {
            if (Resolve(dependency.On, relevant, file, session, phase) is { } reason)
            {
                ReasonPhrase phrase = _isWordless ? default : Phrase(dependency, owner, file, session, phase);
                Keep(reason with { Phrase = phrase });
            }

            return;
        }

        foreach (Phase one in relevant)
        {
            _targets.Clear();
            _moved.AddTo(_targets, dependency.On.ObjectId, one);
            foreach (DependencyEnd target in _targets)
            {
                if (Resolve(target, PhaseSet.Of(one), file, session, phase) is { } reason)
                {
                    string through = _isWordless ? "" : $"through {_names.Of(dependency.On)}";
                    Keep(reason with { Phrase = new ReasonPhrase(ReasonWords.Through, through, false) });
                }
            }
        }
    }

    // The step that a needed end stands for, and the phase that asks for it; null where nothing is asked of
    // the file.
    private Reason? Resolve(DependencyEnd on, PhaseSet phases, ObjectId file, SessionId session, Phase phase)
    {
        bool isOwnPhase = phases.Contains(phase);
        if (on.IsSession)
        {
            LastFiles last = phase == Phase.Retrieve ? _lastRetrieved : _lastPreserved;
            return isOwnPhase && last.Of(on.SessionId, except: file) is { } lastFile
                ? new Reason(lastFile, _run.Of(phase, lastFile), default, on, null)
                : null;
        }

        ObjectId? step = _graph[on.ObjectId].Act is null ? _graph.FileOf(on.ObjectId) : on.ObjectId;
        return step is { } needed && needed != file
            && (isOwnPhase || _graph[needed].Session == session)
                ? new Reason(needed, _run.Of(phase, needed), default, on, isOwnPhase ? null : phases.First)
                : null;
    }

    private ReasonPhrase Phrase(
        in Dependency dependency, ObjectId? owner, ObjectId file, SessionId session, Phase phase)
    {
        string dependent = owner is not { } id ? "the session" : id == file ? "" : _names.Short(id, session);
        ReasonPhrase phrase = ReasonWords.Of(_graph, dependency, dependent, phase == Phase.Retrieve);
        return dependency.On.IsSession && (phrase.NamesNeeded || phrase.Lead.Length == 0)
            ? phrase with { Lead = "the last of", NamesNeeded = true }
            : phrase;
    }

    private void Keep(in Reason reason)
    {
        int rank = reason.Phrase.Rank + (reason.Phase is null ? 0 : ReasonWords.Qualified);
        if (!_byStep.TryGetValue(reason.Step, out Reason known) || rank < known.Phrase.Rank)
        {
            _byStep[reason.Step] = reason with { Phrase = reason.Phrase with { Rank = rank } };
        }
    }
}
