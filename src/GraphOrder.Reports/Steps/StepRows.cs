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
            VerbOf(step.Verb),
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
        return string.Join('\n', VerbOf(step.Verb), TokenOf(step), WhatOf(step), why, KernelOf(step));
    }

    private static string VerbOf(StepVerb verb) => verb switch
    {
        StepVerb.Create => "create",
        StepVerb.Preserve => "preserve",
        StepVerb.Kexec => "kexec",
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

        int carried = _run.Plan[RunSteps.PhaseOf(step.Verb)][step.Row].CarriedCount;
        string name = _names.Short(id, step.Session!.Value);
        return carried > 0 ? string.Create(CultureInfo.InvariantCulture, $"{name} +{carried}") : name;
    }

    private string WhyOf(RunStep step, bool isRole)
    {
        if (step.Object is { } id)
        {
            Phase phase = RunSteps.PhaseOf(step.Verb);
            List<Reason> reasons = _reasons.Of(id, phase);
            string reason = isRole
                ? ReasonText.RolesOf(reasons, step.Session!.Value, _graph, _names)
                : ReasonText.Of(reasons, step.Session!.Value, _names);
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
            StepVerb.Retrieve => _retrieveReasons.Of(session, isRole),
            StepVerb.Finish => _finishReasons.Of(session, isRole),
            _ => "",
        };
    }

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
