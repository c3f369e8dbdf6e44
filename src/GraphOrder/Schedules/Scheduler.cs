using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder;

/// <summary>
/// Puts the steps of a plan side by side, so that the guests are paused for as short a time as may be: first
/// the sum of their blackouts, then the longest. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// The order is the plan's and is kept. Where a phase moves files, the calls of one session follow one
/// another as the plan has them, and sessions overlap; so do they where a phase takes whole sessions, each of
/// which is one call and holds a place of every class in it. What the kernel runs through by itself (Linux
/// freezes everything inside the reboot call) never overlaps. Objects that move by themselves overlap freely.
/// A phase begins when the one in front of it has ended: every retrieve precedes the first finish.
/// </para>
/// <para>
/// The jump parts the problem in two that are alike, the old kernel's with time run backward: the least sum
/// of completion times under precedence and class limits, a resource-constrained project scheduling problem
/// and NP-hard. Up to <see cref="ScheduleSearch.ExactMax"/> competing steps a side the best is found; beyond,
/// a schedule and a bound (<see cref="ScheduleBound"/>).
/// </para>
/// </remarks>
public static class Scheduler
{
    /// <summary>
    /// Schedules a plan; false where the set names no blackout, or where its costs add up to more than can
    /// be counted (<see cref="AreCostsCountable"/>).
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="kernels">The two kernels that it was planned for.</param>
    /// <param name="plan">The plan that <see cref="Planner"/> made for both.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="options">What may be asked; null for nothing special.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <exception cref="ArgumentException">The planner did not make the plan for this graph.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool TrySchedule(
        DependencyGraph graph,
        KernelPair kernels,
        Plan plan,
        [NotNullWhen(true)] out Schedule? schedule,
        ScheduleOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(plan);
        if (!ReferenceEquals(plan[Phase.Preserve].Names.Ids, graph.Set.Ids))
        {
            throw new ArgumentException("The plan was not made by the planner for this graph.", nameof(plan));
        }

        List<SessionEntry> guests = [];
        foreach (SessionEntry session in graph.Set.Sessions)
        {
            if (session.Blackout is not null)
            {
                guests.Add(session);
            }
        }

        schedule = guests.Count > 0 && AreCostsCountable(graph)
            ? Schedule(graph, kernels, plan, guests, options ?? ScheduleOptions.Default, cancellation)
            : null;
        return schedule is not null;
    }

    /// <summary>
    /// Whether all costs of a set, and the jump, add up to what a time can hold, for as many guests as there
    /// are.
    /// </summary>
    public static bool AreCostsCountable(DependencyGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Int128 sum = graph.Set.Host?.KexecMicroseconds ?? 0;
        foreach (PreservedObject found in graph.Set.Objects)
        {
            foreach (long cost in found.Facts.CostMicroseconds)
            {
                sum += Math.Max(0, cost);
            }
        }

        return sum * (graph.SessionCount + 1) <= long.MaxValue;
    }

    private static Schedule Schedule(
        DependencyGraph graph,
        KernelPair kernels,
        Plan plan,
        List<SessionEntry> guests,
        ScheduleOptions options,
        CancellationToken cancellation)
    {
        PlanGround ground = PlanGround.Of(graph, Waived(plan), cancellation);
        OrderLift lift = new(kernels);
        SolvedOrders orders = SolvedOrders.Of(ground, lift, cancellation);
        SideBuilder oldBuilder = new(ground, lift, plan, orders);
        oldBuilder.Add(Phase.Preserve);
        oldBuilder.Add(Phase.Freeze);
        SideBuilder nextBuilder = new(ground, lift, plan, orders);
        nextBuilder.Add(Phase.Retrieve);
        nextBuilder.Add(Phase.Finish);
        SideSchedule old = SideSchedule.Of(
            oldBuilder,
            guests.ConvertAll(static guest => guest.Blackout!.Value.Pause),
            isBackward: true,
            null,
            options.WorkMax,
            cancellation);
        SideSchedule next = SideSchedule.Of(
            nextBuilder,
            guests.ConvertAll(static guest => guest.Blackout!.Value.Resume),
            isBackward: false,
            old.Ends,
            options.WorkMax,
            cancellation);
        return Assemble(graph, plan, guests, old, next);
    }

    private static Schedule Assemble(
        DependencyGraph graph,
        Plan plan,
        List<SessionEntry> guests,
        SideSchedule old,
        SideSchedule next)
    {
        long? said = graph.Set.Host?.KexecMicroseconds;
        ScheduledCall kexec = new(null, 0, 0, old.Length, Math.Max(0, said ?? 0));
        long offset = kexec.StartMicroseconds + kexec.Microseconds;
        GuestBlackout[] blackouts = new GuestBlackout[guests.Count];
        int longest = 0;
        for (int guest = 0; guest < guests.Count; guest++)
        {
            BlackoutActs acts = guests[guest].Blackout!.Value;
            blackouts[guest] = new GuestBlackout(
                guests[guest].Name,
                graph.Set.NameOf(acts.Pause),
                graph.Set.NameOf(acts.Resume),
                old.Length - old.Ends[guest],
                old.Ends[guest] + kexec.Microseconds + next.Ends[guest],
                old.Bound.PathOf[guest] + kexec.Microseconds + next.Bound.PathOf[guest]);
            longest = blackouts[guest].Microseconds > blackouts[longest].Microseconds ? guest : longest;
        }

        string[] classNames = [.. graph.Set.Limits?.Keys ?? []];
        (int oldWaited, int oldUnknown) = old.CountsOf(graph);
        (int nextWaited, int nextUnknown) = next.CountsOf(graph);
        long jumps = guests.Count * kexec.Microseconds;
        return new Schedule(Times(old, next, offset))
        {
            Plan = plan,
            Blackouts = [.. blackouts],
            Kexec = kexec,
            IsKexecKnown = said is not null,
            SumMicroseconds = old.Sum + jumps + next.Sum,
            SumMicrosecondsMin = old.SumMin + jumps + next.SumMin,
            OneByOneMicroseconds = new OneByOne(graph, plan).Sum(guests, kexec.Microseconds),
            WaitedStepCount = oldWaited + nextWaited,
            UnknownCostCount = oldUnknown + nextUnknown,
            LongestChain = Chain(old, next, kexec, longest, classNames),
            SpeedUps = SpeedUpFinder.Find(old, next, kexec, classNames),
        };
    }

    private static ImmutableArray<StepTime>[] Times(SideSchedule old, SideSchedule next, long offset)
    {
        ImmutableArray<StepTime>[] times = new ImmutableArray<StepTime>[Phases.Count];
        Array.Fill(times, []);
        times[(int)Phase.Preserve] = [.. old.TimesOf(0)];
        times[(int)Phase.Freeze] = [.. old.TimesOf(1)];
        times[(int)Phase.Retrieve] = [.. Later(next.TimesOf(0), offset)];
        times[(int)Phase.Finish] = [.. Later(next.TimesOf(1), offset)];
        return times;
    }

    private static StepTime[] Later(StepTime[] times, long offset) => Array.ConvertAll(
        times, time => time with { StartMicroseconds = time.StartMicroseconds + offset });

    private static ImmutableArray<ChainLink> Chain(
        SideSchedule old, SideSchedule next, ScheduledCall kexec, int guest, string[] classNames)
    {
        List<ChainLink> chain = [];
        AddChain(chain, old, 0, guest, classNames);
        chain.Add(new ChainLink(kexec, null));
        AddChain(chain, next, kexec.StartMicroseconds + kexec.Microseconds, guest, classNames);
        chain.RemoveAll(static link => link.Call.Microseconds == 0);
        return [.. chain];
    }

    private static void AddChain(
        List<ChainLink> chain, SideSchedule side, long offset, int guest, string[] classNames)
    {
        foreach ((int activity, int held) in side.ChainOf(guest))
        {
            if (side.CallOf(activity, offset) is { } call)
            {
                chain.Add(new ChainLink(call, held < 0 ? null : classNames[held]));
            }
        }
    }

    private static PlanOptions Waived(Plan plan)
    {
        List<Waiver> waivers = [];
        foreach (string text in plan.Waived)
        {
            bool isWaiver = Waiver.TryParse(text, out Waiver? waiver);
            Invariant.Require(isWaiver, "a plan waives what is no dependency");
            waivers.Add(waiver!);
        }

        return PlanOptions.Default with { Waivers = [.. waivers] };
    }
}
