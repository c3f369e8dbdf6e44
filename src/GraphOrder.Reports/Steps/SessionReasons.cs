using System.Globalization;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Why a session is created, retrieved or finished where it is: which session must come earlier, and the
/// dependency that says so. O(dependencies) to make. Immutable.
/// </summary>
internal sealed class SessionReasons
{
    private const int ToldMax = 2;

    private readonly DependencyGraph _graph;
    private readonly RunSteps _run;
    private readonly ReportNames _names;
    private readonly Dictionary<(int Later, int Earlier), Link> _links = [];
    private readonly List<(int Earlier, Link Link)>?[] _byLater;
    private readonly StepVerb _verb;
    private readonly KernelPair _kernels;

    /// <param name="graph">The dependencies.</param>
    /// <param name="kernels">What the phases do.</param>
    /// <param name="run">The step numbers.</param>
    /// <param name="names">The names.</param>
    /// <param name="binding">What binds.</param>
    /// <param name="moved">Where the kernel's own objects lead.</param>
    /// <param name="verb">What the caller does with whole sessions.</param>
    public SessionReasons(
        DependencyGraph graph,
        KernelPair kernels,
        RunSteps run,
        ReportNames names,
        BindingPhases binding,
        KernelMovedTargets moved,
        StepVerb verb)
    {
        _graph = graph;
        _run = run;
        _names = names;
        _verb = verb;
        _kernels = kernels;
        bool isCreate = verb == StepVerb.Create;
        PhaseRule own = kernels[RunSteps.PhaseOf(verb)];
        SessionOrder order = isCreate ? SessionOrder.Create : own.Between;
        bool isBackward = !isCreate && own.IsBackward;
        List<DependencyEnd> targets = [];
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            if (rule.Between == order && !order.IsInterleaved && binding.CountIn(phase) > 0)
            {
                bool isNeededFirst = (phase.NeededGoesFirst() != rule.IsBackward) != isBackward;
                Gather(phase, isNeededFirst, binding, moved, targets);
            }
        }

        _byLater = new List<(int Earlier, Link Link)>?[graph.SessionCount];
        foreach (((int later, int earlier), Link link) in _links)
        {
            (_byLater[later] ??= []).Add((earlier, link));
        }
    }

    /// <summary>The reason of a session as its line shows it; empty where there is none.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isRole">Whether names of its own are to be without the session's name.</param>
    public string Of(SessionId session, bool isRole)
    {
        if (_byLater[session.Index] is not { } links)
        {
            return "";
        }

        bool isCreate = _verb == StepVerb.Create;
        List<(int Earlier, Link Link)> sorted = [.. links.OrderBy(link => NumberOf(link.Earlier))];
        StringBuilder text = new();
        foreach ((int earlier, Link link) in sorted.Take(ToldMax))
        {
            text.Append(text.Length > 0 ? "; " : "");
            text.Append(isCreate ? Created(earlier, link) : Finished(earlier, link, session, isRole));
        }

        return sorted.Count <= ToldMax
            ? text.ToString()
            : text.Append("; and after ").Append(sorted.Count - ToldMax).Append(" more").ToString();
    }

    private string Created(int earlier, Link link)
    {
        string place = _kernels[link.Phase].IsBackward ? "before" : "after";
        string sentence = $"{PhaseVerbs.Of(link.Phase)} {place} {_names.Of(new SessionId(earlier))}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sentence}: {StepOf(link.Dependency.Dependent)} needs {StepOf(link.Target)}");
    }

    private string Finished(int earlier, Link link, SessionId session, bool isRole)
    {
        Dependency dependency = link.Dependency;
        if (dependency.Origin.Why is { } why && (dependency.Dependent.IsSession || link.Target.IsSession))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"needs {NumberOf(earlier)}: {PlainText.Quoted(why)}");
        }

        SessionId? context = isRole ? session : null;
        string dependent = _names.Of(dependency.Dependent, context);
        string verb = dependency.On == link.Target
            ? ReasonWords.VerbOf(_graph, dependency.Dependent, dependency.On)
            : "needs";
        string on = _names.Of(link.Target, context);
        string through = dependency.On == link.Target ? "" : $" through {_names.Of(dependency.On)}";
        return string.Create(
            CultureInfo.InvariantCulture, $"needs {NumberOf(earlier)}: {dependent} {verb} {on}{through}");
    }

    private int NumberOf(int session) => _verb == StepVerb.Create
        ? _run.CreateOf(new SessionId(session))
        : _run.Of(RunSteps.PhaseOf(_verb), new SessionId(session));

    // A whole session stands for the step that creates it.
    private int StepOf(DependencyEnd end) => end.IsSession
        ? _run.CreateOf(end.SessionId)
        : _run.Of(Phase.Preserve, end.ObjectId);

    private void Gather(
        Phase phase,
        bool isNeededFirst,
        BindingPhases binding,
        KernelMovedTargets moved,
        List<DependencyEnd> targets)
    {
        foreach (Dependency dependency in _graph.Dependencies)
        {
            if (!binding.Of(dependency).Contains(phase) || SessionOf(dependency.Dependent) is not { } needing)
            {
                continue;
            }

            targets.Clear();
            if (moved.IsMoved(dependency.On))
            {
                moved.AddTo(targets, dependency.On.ObjectId, phase);
            }
            else
            {
                targets.Add(dependency.On);
            }

            foreach (DependencyEnd target in targets)
            {
                if (SessionOf(target) is { } needed && needed != needing)
                {
                    Link link = new(phase, dependency, target, RankOf(dependency, target));
                    Keep(isNeededFirst ? (needing, needed) : (needed, needing), link);
                }
            }
        }
    }

    private void Keep((int Later, int Earlier) pair, Link link)
    {
        if (!_links.TryGetValue(pair, out Link known) || link.Rank < known.Rank)
        {
            _links[pair] = link;
        }
    }

    private int RankOf(in Dependency dependency, DependencyEnd target) => dependency.On == target
        ? ReasonWords.Of(_graph, dependency, "", isRetrieve: false).Rank
        : ReasonWords.Through;

    private int? SessionOf(DependencyEnd end) =>
        end.IsSession ? end.SessionId.Index : _graph.SessionOf(end.ObjectId)?.Index;

    private readonly record struct Link(Phase Phase, Dependency Dependency, DependencyEnd Target, int Rank);
}
