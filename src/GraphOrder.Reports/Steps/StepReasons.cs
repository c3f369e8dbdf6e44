namespace GraphOrder.Reports;

/// <summary>One step that must come earlier, and why.</summary>
/// <param name="Mover">The file, object or act of that step.</param>
/// <param name="Step">Its number.</param>
/// <param name="Phrase">The words.</param>
/// <param name="Needed">What is needed: the words may go on with its name.</param>
/// <param name="Phase">The phase that says so where it is another than the line's own.</param>
internal readonly record struct Reason(
    ObjectId Mover,
    int Step,
    ReasonPhrase Phrase,
    DependencyEnd Needed,
    Phase? Phase);

/// <summary>
/// Why a file or object is preserved, retrieved or finished where it is, or an act done: the steps that must
/// come earlier, one reason for each.
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
    private readonly PhaseSet _acrossSessions;
    private readonly KernelPair _kernels;
    private readonly LastObjects?[] _last = new LastObjects?[Phases.Count];
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
        _kernels = kernels;
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
                _acrossSessions = rule.Between.IsInterleaved ? _acrossSessions.With(phase) : _acrossSessions;
            }

            bool isOfObjects = phase is Phase.Preserve or Phase.Retrieve or Phase.Finish
                && rule.Unit is StepUnit.Object or StepUnit.File
                && !rule.IsCalledBySession;
            _last[(int)phase] = isOfObjects ? new LastObjects(graph, run.ObjectsIn(phase)) : null;
        }
    }

    /// <summary>
    /// The reasons of a step in preserve, retrieve or finish, the most telling first. What another of its
    /// steps needs by itself is left out: it is told there.
    /// </summary>
    public List<Reason> Of(ObjectId mover, Phase phase)
    {
        List<Reason> reasons = Gather(mover, phase);
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
            if (reason.Step <= first || !seen.Add(reason.Step) || !IsSmall(reason.Mover, phase))
            {
                continue;
            }

            foreach (Reason earlier in Gather(reason.Mover, phase))
            {
                implied.Add(earlier.Step);
                open.Enqueue(earlier);
            }
        }

        _isWordless = false;
        return implied;
    }

    // A file that many steps need and that needs many would be gathered for each of them.
    private bool IsSmall(ObjectId mover, Phase phase)
    {
        ReadOnlySpan<ObjectId> carried = _carried.Of(mover);
        bool looksBoth = !_needingFirstInside.IsEmpty || !phase.NeededGoesFirst();
        int degree = DegreeOf(mover, looksBoth);
        for (int i = 0; i < Math.Min(carried.Length, DegreeMax); i++)
        {
            degree += DegreeOf(carried[i], looksBoth);
        }

        return carried.Length <= DegreeMax && degree <= DegreeMax;
    }

    private int DegreeOf(ObjectId id, bool looksBoth) =>
        _graph.DependenciesOf(id).Length + (looksBoth ? _graph.DependentsOf(id).Length : 0);

    private List<Reason> Gather(ObjectId mover, Phase phase)
    {
        _byStep.Clear();
        bool isAct = _graph[mover].Act is not null;
        SessionId session = _names.HomeOf(mover);
        bool isNeededFirst = phase.NeededGoesFirst();
        bool carries = _kernels[phase].Unit == StepUnit.File;
        foreach (ObjectId id in (ReadOnlySpan<ObjectId>)[mover, .. carries ? _carried.Of(mover) : []])
        {
            if (isNeededFirst)
            {
                AddOf(id, mover, session, phase);
            }
            else
            {
                AddDependents(id, id, mover, session, phase);
            }
        }

        // What concerns a session as a whole concerns what moves in it; an act only belongs to one.
        if (!isNeededFirst && !isAct)
        {
            AddDependents(session, null, mover, session, phase);
        }

        ReadOnlySpan<Dependency> ofSession = isNeededFirst && !isAct ? _graph.DependenciesOf(session) : [];
        for (int i = 0; i < Math.Min(ofSession.Length, OfSessionMax); i++)
        {
            Consider(ofSession[i], null, mover, session, phase);
        }

        List<Reason> reasons = [.. _byStep.Values];
        reasons.Sort(static (left, right) =>
            left.Phrase.Rank != right.Phrase.Rank
                ? left.Phrase.Rank.CompareTo(right.Phrase.Rank)
                : left.Step.CompareTo(right.Step));
        return reasons;
    }

    // Where what needs goes first, a step waits for the steps of what needs it.
    private void AddDependents(
        DependencyEnd end, ObjectId? owner, ObjectId mover, SessionId session, Phase phase)
    {
        ReadOnlySpan<int> dependents = _graph.DependentsOf(end);
        int max = owner is null ? OfSessionMax : dependents.Length;
        for (int i = 0; i < Math.Min(dependents.Length, max); i++)
        {
            Dependency dependency = _graph.Dependencies[dependents[i]];
            DependencyEnd needing = dependency.Dependent;
            ObjectId? other = !_binding.Of(dependency).Contains(phase) ? null
                : needing.IsSession ? _last[(int)phase]!.Of(needing.SessionId, except: mover)
                : _run.MoverOf(phase, needing.ObjectId);
            if (other is not { } known || known == mover)
            {
                continue;
            }

            string what = owner is not { } id ? "its session"
                : id == mover ? ""
                : _names.Short(id, session);
            ReasonPhrase phrase = _isWordless ? default : ReasonWords.OfDependent(_graph, dependency, what);
            Keep(new Reason(known, _run.Of(phase, known), phrase, needing, null));
        }
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
                && other != file
                && (_graph[other].Session == session || !(phases & _acrossSessions).IsEmpty))
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
            return isOwnPhase && _last[(int)phase]!.Of(on.SessionId, except: file) is { } last
                ? new Reason(last, _run.Of(phase, last), default, on, null)
                : null;
        }

        bool isWide = isOwnPhase || !(phases & _acrossSessions).IsEmpty;
        return _run.MoverOf(phase, on.ObjectId) is { } needed && needed != file
            && (isWide || _graph.SessionOf(needed) == session)
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
