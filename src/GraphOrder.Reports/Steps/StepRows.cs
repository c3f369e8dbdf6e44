using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Makes the row of a step, and the role that tells whether two steps are the same up to the name of their
/// session.
/// </summary>
internal sealed class StepRows
{
    private const int NumbersMax = 12;

    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly RunSteps _run;
    private readonly ReportNames _names;
    private readonly StepReasons _reasons;
    private readonly SessionReasons _createReasons;
    private readonly SessionReasons _retrieveReasons;
    private readonly SessionReasons _finishReasons;
    private readonly SessionActReasons _retrieveActReasons;
    private readonly SessionActReasons _finishActReasons;
    private readonly SessionFiles _files;
    private readonly bool[] _isPreserved;
    private readonly int _kernelSessionsMax;

    /// <param name="graph">The set.</param>
    /// <param name="kernels">What the phases do.</param>
    /// <param name="run">The steps.</param>
    /// <param name="names">The names.</param>
    /// <param name="binding">What binds.</param>
    /// <param name="kernelSessionsMax">
    /// For how many sessions it is told what the kernel does at the jump.
    /// </param>
    public StepRows(
        DependencyGraph graph,
        KernelPair kernels,
        RunSteps run,
        ReportNames names,
        BindingPhases binding,
        int kernelSessionsMax)
    {
        _kernelSessionsMax = kernelSessionsMax;
        _graph = graph;
        _kernels = kernels;
        _run = run;
        _names = names;
        KernelMovedTargets moved = new(graph, binding);
        _reasons = new StepReasons(graph, kernels, run, names, binding, moved);
        _createReasons = new SessionReasons(graph, kernels, run, names, binding, moved, StepVerb.Create);
        _retrieveReasons = new SessionReasons(graph, kernels, run, names, binding, moved, StepVerb.Retrieve);
        _finishReasons = new SessionReasons(graph, kernels, run, names, binding, moved, StepVerb.Finish);
        _retrieveActReasons = new SessionActReasons(graph, run, binding, Phase.Retrieve);
        _finishActReasons = new SessionActReasons(graph, run, binding, Phase.Finish);
        _files = new SessionFiles(graph, kernels, run, names);
        _isPreserved = new bool[graph.ObjectCount];
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            foreach (ObjectId file in session.Preserved)
            {
                _isPreserved[file.Index] = true;
            }
        }
    }

    /// <summary>The row of a step.</summary>
    public StepRow Row(int number)
    {
        RunStep step = _run[number];
        return new StepRow(
            number.ToString(CultureInfo.InvariantCulture),
            WordOf(step.Verb),
            step.Session is { } session ? _names.Of(session) : "",
            TokenOf(step),
            WhatOf(step),
            WhyOf(step, isRole: false),
            KernelOf(step));
    }

    /// <summary>What a step is apart from its number and its session's name.</summary>
    public string RoleOf(int number)
    {
        RunStep step = _run[number];
        string why = WhyOf(step, isRole: true);
        return string.Join('\n', WordOf(step.Verb), TokenOf(step), WhatOf(step), why, KernelOf(step));
    }

    /// <summary>What the caller does, in one word.</summary>
    public static string WordOf(StepVerb verb) => verb switch
    {
        StepVerb.Create => "create",
        StepVerb.Preserve => "preserve",
        StepVerb.Kexec => "kexec",
        StepVerb.Act => "act",
        StepVerb.Finish => "finish",
        _ => "retrieve",
    };

    private string TokenOf(RunStep step) =>
        step.Object is { } id && _graph[id].IsFile ? $"0x{_graph.TokenOf(id):x}" : "";

    private string WhatOf(RunStep step)
    {
        if (step.Object is not { } id)
        {
            return step.Session is null && step.Verb != StepVerb.Kexec ? "everything" : "";
        }

        string name = _names.Short(id, step.Session!.Value);
        int carried = step.Verb == StepVerb.Act
            ? 0
            : _run.Plan[RunSteps.PhaseOf(step.Verb)][step.Row].CarriedCount;
        return carried > 0 ? string.Create(CultureInfo.InvariantCulture, $"{name} +{carried}") : name;
    }

    private string WhyOf(RunStep step, bool isRole)
    {
        if (step.Verb == StepVerb.Act)
        {
            return ActReason(step.Object!.Value, isRole);
        }

        if (step.Object is { } id)
        {
            Phase phase = RunSteps.PhaseOf(step.Verb);
            string reason = ObjectReason(id, phase, step.Session!.Value, isRole);
            return Done(phase == Phase.Preserve && _isPreserved[id.Index], reason);
        }

        if (step.Session is not { } session)
        {
            return "";
        }

        return step.Verb switch
        {
            StepVerb.Create =>
                Done(_graph.Set.Sessions[session.Index].Created, _createReasons.Of(session, isRole)),
            StepVerb.Retrieve =>
                Joined(_retrieveReasons.Of(session, isRole), _retrieveActReasons.Of(session)),
            StepVerb.Finish => Joined(_finishReasons.Of(session, isRole), _finishActReasons.Of(session)),
            _ => "",
        };
    }

    private string ObjectReason(ObjectId id, Phase phase, SessionId session, bool isRole)
    {
        List<Reason> reasons = _reasons.Of(id, phase);
        return isRole
            ? ReasonText.RolesOf(reasons, session, _names)
            : ReasonText.Of(reasons, session, _names);
    }

    private string ActReason(ObjectId id, bool isRole)
    {
        ActFacts act = _graph[id].Act!;
        string needs = !_kernels[act.Phase].IsCalledBySession
            ? ObjectReason(id, act.Phase, act.Session, isRole)
            : act.Phase == Phase.Retrieve ? _retrieveActReasons.Of(id) : _finishActReasons.Of(id);
        string session = isRole ? "" : _names.Of(act.Session);
        bool isResume = _graph.Set.Sessions[act.Session.Index].Blackout?.Resume == id;
        return Joined(
            Joined(needs, act.IsLate ? "as late as legal" : ""),
            isResume ? $"{session} runs" : "");
    }

    private static string Joined(string first, string then) =>
        first.Length > 0 && then.Length > 0 ? $"{first}; {then}" : first + then;

    private static string Done(bool isDone, string reason) =>
        !isDone ? reason : reason.Length == 0 ? "done already" : $"done already; {reason}";

    // What the kernel does by itself hangs on the step that makes it do so.
    private string KernelOf(RunStep step)
    {
        switch (step.Verb)
        {
            case StepVerb.Kexec:
                PhaseRule freeze = _kernels[Phase.Freeze];
                string frozen = KernelOrders.Of(_graph, freeze, _run, _names, _kernelSessionsMax, NumbersMax);
                return frozen.Length > 0 ? $"kernel freezes {frozen}" : "";
            case StepVerb.Retrieve or StepVerb.Finish when step.Object is null:
                return _files.MovedBy(step);
            default:
                return "";
        }
    }
}
