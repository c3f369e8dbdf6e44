namespace GraphOrder.Reports;

/// <summary>How a report names the calls of a schedule.</summary>
internal sealed class CallNames
{
    private readonly DependencyGraph _graph;
    private readonly Plan _plan;
    private readonly ReportNames _names;
    private readonly RunSteps? _run;

    /// <param name="graph">The set.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="names">The names.</param>
    /// <param name="run">The numbers of its steps; null where the report does not show them.</param>
    public CallNames(DependencyGraph graph, Plan plan, ReportNames names, RunSteps? run)
    {
        _graph = graph;
        _plan = plan;
        _names = names;
        _run = run;
    }

    /// <summary><c>18 vm-01/gpu0</c>, or <c>retrieve vm-01/gpu0</c> where steps have no numbers.</summary>
    public string Of(ScheduledCall call)
    {
        if (call.Phase is not { } phase)
        {
            return Numbered(_run?.KexecNumber ?? 0, "kexec");
        }

        PhaseSteps steps = _plan[phase];
        PlanStep first = steps[call.FirstStep];
        string? name = call.StepCount > 1 ? null : first.ObjectName ?? first.ActName;
        if (name is not null && _graph.Set.TryFind(name, out ObjectId id))
        {
            int number = _run is null || phase == Phase.Freeze ? 0 : _run.Of(phase, id);
            string told = _names.Of(id);
            return number > 0 ? Numbered(number, told)
                : first.ActName is null ? $"{phase.Name()} {told}"
                : told;
        }

        bool isOneSession = first.Session == steps[call.FirstStep + call.StepCount - 1].Session;
        return isOneSession
            && first.Session is { } only
            && _graph.Set.TryFindSession(only.Text, out SessionId session)
            && phase != Phase.Freeze
                ? Numbered(_run?.Of(phase, session) ?? 0, $"{phase.Name()} {_names.Of(session)}")
                : phase.Name();
    }

    private static string Numbered(int number, string name) => number > 0 ? $"{number} {name}" : name;
}
