using System.Collections.Immutable;
using System.Text.Json;

namespace GraphOrder.Reports;

/// <summary>
/// The plan's part of the recorder's document: the order of each phase, the numbered steps with their
/// reasons and times, the blackouts and what the longest waits for.
/// </summary>
internal sealed class RecorderRun
{
    // Beyond this the reasons would be most of the page; each can be asked for with `why`.
    private const int ReasonsMax = 20_000;

    private const int KernelSessionsMax = 3;

    private readonly Utf8JsonWriter _json;
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly Plan _plan;
    private readonly Schedule? _schedule;
    private readonly ReportNames _names;
    private readonly RunSteps _run;

    public RecorderRun(Utf8JsonWriter json, PlanPicture picture, Plan plan, ReportNames names)
    {
        _json = json;
        _graph = picture.Graph;
        _kernels = picture.Kernels;
        _plan = plan;
        _schedule = picture.Schedule;
        _names = names;
        _run = new RunSteps(_graph, _kernels, plan);
    }

    public void Write()
    {
        WriteOrders();
        WriteSessionOrders();
        WriteSteps();
        WriteBlackouts();
    }

    private void WriteOrders()
    {
        _json.WriteStartArray("orders");
        foreach (Phase phase in Phases.All)
        {
            _json.WriteStartArray();
            foreach (PlanStep step in _plan[phase])
            {
                _json.WriteStartArray();
                _json.WriteNumberValue(MoverOf(step));
                _json.WriteNumberValue(step.Wave);
                WriteCarried(step);
                _json.WriteEndArray();
            }

            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    // In the plan's own order; most steps carry nothing.
    private void WriteCarried(PlanStep step)
    {
        if (step.CarriedCount == 0)
        {
            return;
        }

        _json.WriteStartArray();
        for (int index = 0; index < step.CarriedCount; index++)
        {
            if (_graph.Set.TryFind(step.CarriedName(index), out ObjectId id))
            {
                _json.WriteNumberValue(id.Index);
            }
        }

        _json.WriteEndArray();
    }

    private void WriteSessionOrders()
    {
        SessionOrders orders = _plan.Sessions;
        (string Name, ImmutableArray<SessionName> Sessions)[] all =
        [
            ("create", orders.Create), ("retrieve", orders.Retrieve), ("finish", orders.Finish),
            ("close", orders.Close), .. orders.Others,
        ];
        _json.WriteStartObject("sessionOrders");
        foreach ((string name, ImmutableArray<SessionName> sessions) in all)
        {
            if (sessions.IsDefault)
            {
                continue;
            }

            _json.WriteStartArray(name);
            foreach (SessionName session in sessions)
            {
                _json.WriteStringValue(session.Text);
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteStartArray("waived");
        foreach (string waived in _plan.Waived)
        {
            _json.WriteStringValue(waived);
        }

        _json.WriteEndArray();
    }

    private int MoverOf(PlanStep step) =>
        (step.ObjectName ?? step.ActName) is { } name && _graph.Set.TryFind(name, out ObjectId id) ? id.Index
        : step.Session is { } of && _graph.Set.TryFindSession(of.Text, out SessionId session) ? ~session.Index
        : RecorderWriter.Everything;

    private void WriteSteps()
    {
        BindingPhases binding = new(_graph, _plan.Waived);
        StepRows rows = new(_graph, _kernels, _run, _names, binding, KernelSessionsMax);
        bool hasReasons = _run.Count <= ReasonsMax;
        _json.WriteBoolean("reasons", hasReasons);
        _json.WriteNumber("kexec", _run.KexecNumber);
        StepMoments moments = new(_graph, _plan, _run, _schedule);
        _json.WriteStartArray("steps");
        for (int number = 1; number <= _run.Count; number++)
        {
            RunStep step = _run[number];
            StepRow? row = hasReasons ? rows.Row(number) : null;
            StepTime? time = moments.Of(step);
            _json.WriteStartArray();
            _json.WriteNumberValue((int)step.Verb);
            _json.WriteNumberValue(step.Session?.Index ?? -1);
            _json.WriteNumberValue(step.Object?.Index ?? -1);
            _json.WriteNumberValue(_run.IsPaused(number) ? 1 : 0);
            _json.WriteNumberValue(time?.StartMicroseconds ?? -1);
            _json.WriteNumberValue(time?.Microseconds ?? -1);
            _json.WriteStringValue(row?.Why ?? "");
            _json.WriteStringValue(row?.Kernel ?? "");
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _json.WriteStartArray("verbs");
        foreach (StepVerb verb in Enum.GetValues<StepVerb>())
        {
            _json.WriteStringValue(StepRows.WordOf(verb));
        }

        _json.WriteEndArray();
    }

    private void WriteBlackouts()
    {
        _json.WriteStartArray("guests");
        int guest = 0;
        for (int index = 0; index < _graph.SessionCount; index++)
        {
            if (_graph.Set.Sessions[index].Blackout is { } blackout)
            {
                _json.WriteStartArray();
                _json.WriteNumberValue(index);
                _json.WriteNumberValue(_run.Of(Phase.Preserve, blackout.Pause));
                _json.WriteNumberValue(_run.Of(Phase.Retrieve, blackout.Resume));
                WriteBlackout(guest++);
                _json.WriteEndArray();
            }
        }

        _json.WriteEndArray();
        if (_schedule is null)
        {
            return;
        }

        CallNames calls = new(_graph, _plan, _names, _run);
        _json.WriteStartArray("chain");
        foreach (ChainLink link in _schedule.LongestChain)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(calls.Of(link.Call));
            _json.WriteNumberValue(link.Call.StartMicroseconds);
            _json.WriteNumberValue(link.Call.Microseconds);
            _json.WriteStringValue(link.Class is { } held ? PlainText.Id(held) : "");
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
        _json.WriteNumber("unknownCosts", _schedule.UnknownCostCount);
    }

    // A schedule has the blackouts in document order too.
    private void WriteBlackout(int guest)
    {
        GuestBlackout? blackout = _schedule?.Blackouts[guest];
        _json.WriteNumberValue(blackout?.StartMicroseconds ?? -1);
        _json.WriteNumberValue(blackout?.Microseconds ?? -1);
        _json.WriteNumberValue(blackout?.MicrosecondsMin ?? -1);
    }
}
