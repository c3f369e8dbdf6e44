using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>When each numbered step runs, by a schedule; null where none says so.</summary>
internal sealed class StepMoments
{
    private readonly Schedule? _schedule;
    private readonly RunSteps _run;

    // A call that names a session runs from its first file to its last.
    private readonly Dictionary<(Phase Phase, SessionId Session), StepTime> _sessions = [];

    public StepMoments(DependencyGraph graph, Plan plan, RunSteps run, Schedule? schedule)
    {
        _schedule = schedule;
        _run = run;
        if (schedule is not null)
        {
            foreach (Phase phase in (Phase[])[Phase.Preserve, Phase.Retrieve, Phase.Finish])
            {
                AddSessions(graph, plan[phase], schedule[phase], phase);
            }
        }
    }

    /// <summary>When a step runs.</summary>
    public StepTime? Of(RunStep step)
    {
        if (_schedule is null)
        {
            return null;
        }

        if (step.Verb == StepVerb.Kexec)
        {
            return new StepTime(_schedule.Kexec.StartMicroseconds, _schedule.Kexec.Microseconds);
        }

        Phase phase = PhaseOf(step);
        if (step.Object is null)
        {
            return step.Session is { } session
                && step.Verb == StepVerb.Finish
                && _sessions.TryGetValue((phase, session), out StepTime whole) ? whole : null;
        }

        ImmutableArray<StepTime> times = _schedule[phase];
        return step.Row < times.Length ? times[step.Row] : null;
    }

    private static long EndOf(StepTime time) => time.StartMicroseconds + time.Microseconds;

    private Phase PhaseOf(RunStep step) => step.Verb != StepVerb.Act ? RunSteps.PhaseOf(step.Verb)
        : step.Number < _run.KexecNumber ? Phase.Preserve
        : step.Number <= _run.RetrievedMax ? Phase.Retrieve
        : Phase.Finish;

    private void AddSessions(
        DependencyGraph graph, PhaseSteps steps, ImmutableArray<StepTime> times, Phase phase)
    {
        for (int row = 0; row < times.Length; row++)
        {
            if (steps[row] is { ActName: null, Session: { } name }
                && graph.Set.TryFindSession(name.Text, out SessionId session))
            {
                StepTime time = times[row];
                if (_sessions.TryGetValue((phase, session), out StepTime whole))
                {
                    long start = Math.Min(whole.StartMicroseconds, time.StartMicroseconds);
                    long end = Math.Max(EndOf(whole), EndOf(time));
                    time = new StepTime(start, end - start);
                }

                _sessions[(phase, session)] = time;
            }
        }
    }
}
