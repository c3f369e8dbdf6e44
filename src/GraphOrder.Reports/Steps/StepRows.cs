using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Makes the row of a step, and the role that tells whether two steps are the same up to the name of their
/// session.
/// </summary>
internal sealed class StepRows
{
    private const int KernelNamesMax = 12;
    private const int NumbersMax = 12;

    private readonly DependencyGraph _graph;
    private readonly RunSteps _run;
    private readonly ReportNames _names;
    private readonly StepReasons _reasons;
    private readonly SessionReasons _createReasons;
    private readonly SessionReasons _finishReasons;
    private readonly FinishActReasons _actReasons;
    private readonly int[] _firstFinished;
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
        _run = run;
        _names = names;
        KernelMovedTargets moved = new(graph, binding);
        _reasons = new StepReasons(graph, kernels, run, names, binding, moved);
        _createReasons = new SessionReasons(graph, kernels, run, names, binding, moved, StepVerb.Create);
        _finishReasons = new SessionReasons(graph, kernels, run, names, binding, moved, StepVerb.Finish);
        FinishOrder = RunSteps.FilesOf(graph.Set, run.Plan[Phase.Finish]);
        _actReasons = new FinishActReasons(graph, run, binding);
        _firstFinished = FirstOfSession(graph, FinishOrder);
        _isPreserved = new bool[graph.ObjectCount];
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            foreach (ObjectId file in session.Preserved)
            {
                _isPreserved[file.Index] = true;
            }
        }
    }

    private ObjectId[] FinishOrder { get; }

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
        StepVerb.Act => "act",
        StepVerb.Finish => "finish",
        _ => "retrieve",
    };

    private string TokenOf(RunStep step) =>
        step.File is { } file && step.Verb != StepVerb.Act ? $"0x{_graph.TokenOf(file):x}" : "";

    private string WhatOf(RunStep step)
    {
        if (step.File is not { } file)
        {
            return "";
        }

        if (step.Verb == StepVerb.Act)
        {
            return _names.Short(file, step.Session!.Value);
        }

        Phase phase = step.Verb == StepVerb.Retrieve ? Phase.Retrieve : Phase.Preserve;
        int carried = _run.Plan[phase][step.Row].CarriedCount;
        string name = _names.Short(file, step.Session!.Value);
        return carried > 0 ? string.Create(CultureInfo.InvariantCulture, $"{name} +{carried}") : name;
    }

    private string WhyOf(RunStep step, bool isRole)
    {
        switch (step.Verb)
        {
            case StepVerb.Create:
                string reason = _createReasons.Of(step.Session!.Value, isRole);
                return Done(_graph.Set.Sessions[step.Session!.Value.Index].Created, reason);
            case StepVerb.Preserve:
                return Done(_isPreserved[step.File!.Value.Index], FileReason(step, Phase.Preserve, isRole));
            case StepVerb.Retrieve:
                return FileReason(step, Phase.Retrieve, isRole);
            case StepVerb.Finish:
                string forSessions = _finishReasons.Of(step.Session!.Value, isRole);
                return Joined(forSessions, _actReasons.Of(step.Session!.Value));
            case StepVerb.Act:
                return ActReason(step, isRole);
            default:
                return "";
        }
    }

    private string ActReason(RunStep step, bool isRole)
    {
        ObjectId id = step.File!.Value;
        ActFacts act = _graph[id].Act!;
        string needs = act.Phase is Phase.Finish ? _actReasons.Of(id) : FileReason(step, act.Phase, isRole);
        string session = isRole ? "" : _names.Of(act.Session);
        bool isResume = _graph.Set.Sessions[act.Session.Index].Blackout?.Resume == id;
        return Joined(
            Joined(needs, act.IsLate ? "as late as legal" : ""),
            isResume ? $"{session} runs" : "");
    }

    private static string Joined(string first, string then) =>
        first.Length > 0 && then.Length > 0 ? $"{first}; {then}" : first + then;

    private string FileReason(RunStep step, Phase phase, bool isRole)
    {
        List<Reason> reasons = _reasons.Of(step.File!.Value, phase);
        return isRole
            ? ReasonText.RolesOf(reasons, step.Session!.Value, _graph, _names)
            : ReasonText.Of(reasons, step.Session!.Value, _names);
    }

    private static string Done(bool isDone, string reason) =>
        !isDone ? reason : reason.Length == 0 ? "done already" : $"done already; {reason}";

    // What the kernel does by itself hangs on the step that makes it do so.
    private string KernelOf(RunStep step) => step.Verb switch
    {
        StepVerb.Kexec => FrozenByKernel(),
        StepVerb.Finish => FinishedBy(step.Session!.Value),
        _ => "",
    };

    private string FrozenByKernel()
    {
        string numbers = KernelOrders.Of(_graph, _run, Phase.Freeze, _kernelSessionsMax, NumbersMax);
        return numbers.Length > 0 ? $"kernel freezes {numbers}" : "";
    }

    private string FinishedBy(SessionId session)
    {
        int first = _firstFinished[session.Index];
        int next = first < 0 ? FinishOrder.Length : first;
        List<string> names = [];
        for (; next < FinishOrder.Length && _graph[FinishOrder[next]].Session == session; next++)
        {
            if (names.Count < KernelNamesMax)
            {
                names.Add(_names.Short(FinishOrder[next], session));
            }
        }

        int count = first < 0 ? 0 : next - first;

        string more = count > KernelNamesMax ? $" and {count - KernelNamesMax} more" : "";
        return count == 0 ? "" : $"kernel: {string.Join(' ', names)}{more}";
    }

    private static int[] FirstOfSession(DependencyGraph graph, ObjectId[] order)
    {
        int[] first = new int[graph.SessionCount];
        Array.Fill(first, -1);
        for (int i = order.Length - 1; i >= 0; i--)
        {
            first[graph[order[i]].Session!.Value.Index] = i;
        }

        return first;
    }
}
