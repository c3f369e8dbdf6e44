using System.Text;

namespace GraphOrder.Tests.Schedules;

/// <summary>A set with its plan, and what its schedule is held against.</summary>
internal sealed class Case
{
    private readonly SessionSet _set;
    private readonly LifecycleModel _model;
    private readonly Plan _plan;
    private readonly Dictionary<Phase, Calls> _calls = [];

    private Case(SessionSet set, LifecycleModel model, Plan plan)
    {
        _set = set;
        _model = model;
        _plan = plan;
        foreach (Phase phase in (Phase[])[Phase.Preserve, Phase.Freeze, Phase.Retrieve, Phase.Finish])
        {
            _calls[phase] = new Calls(set, model, plan, phase);
        }
    }

    /// <summary>The set as a document, for whoever must look at it.</summary>
    public string Text
    {
        get
        {
            using MemoryStream utf8 = new();
            SessionSetWriter.Write(utf8, _set);
            return $"{_model.Name}\n{Encoding.UTF8.GetString(utf8.ToArray())}";
        }
    }

    public int RelevantMax => Math.Max(
        BestSum.RelevantCount(_calls[Phase.Preserve], _calls[Phase.Freeze], Pauses, isBackward: true),
        BestSum.RelevantCount(_calls[Phase.Retrieve], _calls[Phase.Finish], Resumes, isBackward: false));

    /// <summary>The least sum of blackouts there is.</summary>
    public long Least
    {
        get
        {
            Dictionary<string, int> limits = new(_set.Limits!);
            return BestSum.Find(
                    _calls[Phase.Preserve], _calls[Phase.Freeze], Pauses, isBackward: true, limits)
                + BestSum.Find(
                    _calls[Phase.Retrieve], _calls[Phase.Finish], Resumes, isBackward: false, limits)
                + _set.Host!.KexecMicroseconds!.Value * _set.Sessions.Length;
        }
    }

    /// <summary>A set that has a plan; null for one that has none.</summary>
    public static Case? Of(SessionSet set, LifecycleModel model) =>
        Planner.Plan(set, Kernels(model)).TryGetPlan(out Plan? plan) ? new Case(set, model, plan) : null;

    public Schedule Schedule(ScheduleOptions options)
    {
        bool isThere = Scheduler.TrySchedule(
            DependencyGraph.Of(_set), Kernels(_model), _plan, out Schedule? schedule, options);
        Assert.That(isThere, Is.True);
        return schedule!;
    }

    /// <summary>Holds every step of a schedule against the plan, the sessions and the limits.</summary>
    public void DemandLegal(Schedule schedule)
    {
        long phaseEnd = 0;
        foreach (Phase phase in (Phase[])[Phase.Preserve, Phase.Freeze, Phase.Retrieve, Phase.Finish])
        {
            phaseEnd = phase == Phase.Retrieve ? DemandJump(schedule, phaseEnd) : phaseEnd;
            phaseEnd = DemandPhase(schedule, phase, phaseEnd);
        }

        foreach (GuestBlackout blackout in schedule.Blackouts)
        {
            StepTime pause = TimeOf(schedule, blackout.Pause);
            StepTime resume = TimeOf(schedule, blackout.Resume);
            long end = resume.StartMicroseconds + resume.Microseconds;
            Assert.That(blackout.StartMicroseconds, Is.EqualTo(pause.StartMicroseconds), Text);
            Assert.That(blackout.Microseconds, Is.EqualTo(end - pause.StartMicroseconds), Text);
            Assert.That(blackout.Microseconds, Is.GreaterThanOrEqualTo(blackout.MicrosecondsMin), Text);
        }

        DemandChain(schedule);
        Assert.That(schedule[Phase.Unfreeze].Length + schedule[Phase.Unpreserve].Length, Is.Zero);
    }

    private static KernelPair Kernels(LifecycleModel model) =>
        new(KernelProfile.Of(model), KernelProfile.Of(model));

    private static IEnumerable<int> Acts(Calls calls, IEnumerable<string> names) =>
        names.Select(calls.CallOfAct);

    private long DemandJump(Schedule schedule, long oldEnd)
    {
        Assert.That(schedule.Kexec.StartMicroseconds, Is.EqualTo(oldEnd), Text);
        Assert.That(schedule.Kexec.Microseconds, Is.EqualTo(_set.Host!.KexecMicroseconds!.Value), Text);
        return oldEnd + schedule.Kexec.Microseconds;
    }

    // The end of the phase.
    private long DemandPhase(Schedule schedule, Phase phase, long earliest)
    {
        Calls calls = _calls[phase];
        StepTime[] times = [.. schedule[phase]];
        Assert.That(times, Has.Length.EqualTo(_plan[phase].Count));
        long[] starts = new long[calls.Count];
        Array.Fill(starts, -1);
        long[] ends = new long[calls.Count];
        for (int step = 0; step < times.Length; step++)
        {
            int call = calls.CallOfStep[step];
            bool isFirst = starts[call] < 0;
            starts[call] = isFirst ? times[step].StartMicroseconds : starts[call];
            ends[call] = isFirst ? starts[call] : ends[call];
            Assert.That(times[step].StartMicroseconds, Is.EqualTo(ends[call]), "the steps of a call: " + Text);
            ends[call] += times[step].Microseconds;
        }

        for (int a = 0; a < calls.Count; a++)
        {
            Assert.That(ends[a] - starts[a], Is.EqualTo(calls.Lengths[a]), Text);
            Assert.That(starts[a], Is.GreaterThanOrEqualTo(earliest), Text);
            for (int b = 0; b < calls.Count; b++)
            {
                Assert.That(!calls.MustEndFirst[a, b] || ends[a] <= starts[b], Is.True, Text);
            }
        }

        foreach ((string held, int limit) in _set.Limits!)
        {
            int[] holders =
                [.. Enumerable.Range(0, calls.Count).Where(call => calls.Classes[call].Contains(held))];
            foreach (long time in holders.Select(call => starts[call]))
            {
                int taken = holders.Count(call => starts[call] <= time && time < ends[call]);
                bool isOneCall = calls.Count == 1;
                Assert.That(taken <= limit || isOneCall, Is.True, Text);
            }
        }

        return ends.Prepend(earliest).Max();
    }

    // The links of the longest chain follow one another without a gap, from the pause to the resume.
    private void DemandChain(Schedule schedule)
    {
        long now = schedule.Longest.StartMicroseconds;
        foreach (ChainLink link in schedule.LongestChain)
        {
            Assert.That(link.Call.StartMicroseconds, Is.EqualTo(now), Text);
            now += link.Call.Microseconds;
        }

        long length = now - schedule.Longest.StartMicroseconds;
        Assert.That(length, Is.EqualTo(schedule.Longest.Microseconds), Text);
    }

    private StepTime TimeOf(Schedule schedule, string act)
    {
        foreach (Phase phase in _calls.Keys)
        {
            for (int step = 0; step < _plan[phase].Count; step++)
            {
                if (_plan[phase][step].ActName == act)
                {
                    return schedule[phase][step];
                }
            }
        }

        throw new ArgumentException($"The plan has no act '{act}'.", nameof(act));
    }

    private IEnumerable<int> Pauses(Calls calls) => Acts(
        calls, ReferenceEquals(calls, _calls[Phase.Preserve]) ? Guests(guest => guest.Pause) : []);

    private IEnumerable<int> Resumes(Calls calls) => Acts(
        calls,
        Guests(guest => guest.Resume).Where(name => _set.TryFind(name, out ObjectId id)
            && _set.Objects[id.Index].Act!.Phase == (ReferenceEquals(calls, _calls[Phase.Retrieve])
                ? Phase.Retrieve
                : Phase.Finish)));

    private IEnumerable<string> Guests(Func<BlackoutActs, ObjectId> act) =>
        _set.Sessions.Select(session => _set.NameOf(act(session.Blackout!.Value)));
}
