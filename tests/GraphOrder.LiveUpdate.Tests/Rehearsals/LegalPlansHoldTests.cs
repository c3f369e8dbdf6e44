using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate.Tests.Rehearsals;

/// <summary>
/// Three that share no code are set against one another: the planner, the verifier, and kernels that run the
/// update while somebody watches each dependency.
/// </summary>
[TestFixture]
public sealed class LegalPlansHoldTests
{
    private const int SetCount = 100_000;
    private const int OrderCount = 20_000;

    [Test]
    public void A_plan_that_is_called_legal_never_breaks_a_dependency()
    {
        int legal = 0;
        int impossible = 0;
        for (int seed = 0; seed < SetCount; seed++)
        {
            DependencyGraph graph = RandomSets.Make(
                (ulong)seed, carries: true, out ImmutableArray<Waiver> waivers);
            string[] waived = [.. waivers.Select(waiver => waiver.ToString())];
            UpdateOrder? drawn = new OrderDraw(graph, waived).Draw(new SplitMix64((ulong)seed));
            PlanOptions options = PlanOptions.Default with { Waivers = waivers };
            if (!Planner.Plan(graph, KernelPair.Linux73, options).TryGetPlan(out Plan? plan))
            {
                impossible += drawn is null ? 1 : 0;
                continue;
            }

            legal++;
            Assert.That(drawn, Is.Not.Null, $"seed {seed}");
            Rehearsal rehearsal = Rehearser.Run(graph, KernelPair.Linux73, plan);
            Rehearsal other = Rehearser.Run(
                graph, KernelPair.Linux73, drawn!, waived, RehearsalOptions.Default);
            if (!rehearsal.Held || !other.Held || rehearsal.Outcome != RehearsalOutcome.Finished)
            {
                Assert.Fail($"seed {seed}: {rehearsal.Outcome}, plan held {rehearsal.Held}, lot held {other.Held}");
            }
        }

        // Else nothing was tried.
        Assert.That(legal, Is.GreaterThan(SetCount / 2));
        Assert.That(impossible, Is.GreaterThan(SetCount / 20));
    }

    [Test]
    public void An_order_breaks_on_the_kernel_where_the_verifier_rejects_it_and_only_there()
    {
        int[] counts = new int[2];
        for (int seed = 0; seed < OrderCount; seed++)
        {
            DependencyGraph graph = RandomSets.Make(
                (ulong)seed, carries: false, out ImmutableArray<Waiver> waivers);
            string[] waived = [.. waivers.Select(waiver => waiver.ToString())];
            SplitMix64 numbers = new((ulong)seed + 77);
            ChosenOrders chosen = Orders(graph, waived, numbers, isSwapped: seed % 2 == 0);
            bool held = Rehearser.Run(
                graph, KernelPair.Linux73, chosen.ToOrder(), waived, RehearsalOptions.Default).Held;
            VerifyResult verdict = PlanVerifier.Verify(graph.Set, chosen.ToPlan(waivers));
            // A contradiction among objects has no order to break, so it is not said of one.
            bool isCyclic = verdict.Diagnostics.Any(found => found.Code == DiagnosticCode.ObjectCycle);
            counts[held ? 1 : 0]++;
            if (held != verdict.IsLegal && !isCyclic)
            {
                Assert.Fail($"seed {seed}: held {held}, verifier {verdict.IsLegal}: {PlanDocument.Text(chosen.Preserve)}; "
                    + string.Join(", ", verdict.Diagnostics.Select(found => found.Code)));
            }
        }

        Assert.That(counts, Is.All.GreaterThan(OrderCount / 10));
    }

    [Test]
    public void Two_that_a_dependency_orders_swapped_in_a_legal_plan_break_it_and_are_caught()
    {
        int[] counts = new int[Phases.Count];
        for (int seed = 0; seed < OrderCount; seed++)
        {
            DependencyGraph graph = RandomSets.Make(
                (ulong)seed, carries: false, out ImmutableArray<Waiver> waivers);
            PlanOptions options = PlanOptions.Default with { Waivers = waivers };
            if (!Planner.Plan(graph, KernelPair.Linux73, options).TryGetPlan(out Plan? plan))
            {
                continue;
            }

            string[] waived = [.. waivers.Select(waiver => waiver.ToString())];
            ChosenOrders chosen = new(graph, UpdateOrder.Of(graph, plan));
            Assert.That(PlanVerifier.Verify(graph.Set, chosen.ToPlan(waivers)).IsLegal, Is.True, $"seed {seed}");
            List<(Phase Phase, int Dependent, int On, int Dependency)> pairs = [];
            BoundPairs.ForEach(
                graph, waived, (phase, dependent, on, i) => pairs.Add((phase, dependent, on, i)));
            if (pairs.Count == 0)
            {
                continue;
            }

            (Phase Phase, int Dependent, int On, int Dependency) pair =
                pairs[new SplitMix64((ulong)seed + 11).Next(pairs.Count)];
            if (!chosen.TrySwap(pair.Phase, pair.Dependent, pair.On))
            {
                continue;
            }

            Rehearsal rehearsal = Rehearser.Run(
                graph, KernelPair.Linux73, chosen.ToOrder(), waived, RehearsalOptions.Default);
            Assert.That(
                rehearsal.Broken.Select(broken => (broken.Phase, broken.Dependency)),
                Does.Contain((pair.Phase, pair.Dependency)), $"seed {seed}: {pair}");
            Assert.That(
                PlanVerifier.Verify(graph.Set, chosen.ToPlan(waivers)).IsLegal, Is.False, $"seed {seed}: {pair}");
            counts[(int)pair.Phase]++;
        }

        Assert.That(counts, Is.All.GreaterThan(OrderCount / 100), string.Join(' ', counts));
    }

    // A legal order with two things swapped in one list; or lists by lot.
    private static ChosenOrders Orders(
        DependencyGraph graph, string[] waived, SplitMix64 numbers, bool isSwapped)
    {
        if (isSwapped && new OrderDraw(graph, waived).Draw(numbers) is { } drawn)
        {
            ChosenOrders chosen = new(graph, drawn);
            List<int>[] lists =
                [chosen.Create, chosen.Preserve, chosen.Retrieve, chosen.Finish, chosen.Close];
            List<int> list = lists[numbers.Next(lists.Length)];
            int place = numbers.Next(list.Count);
            int other = numbers.Next(list.Count);
            (list[place], list[other]) = (list[other], list[place]);
            return chosen;
        }

        List<int> sessions = [.. Enumerable.Range(0, graph.SessionCount)];
        List<int> Mixed(List<int> list) => new ArcList(graph.ObjectCount + 1).Draw(list, numbers)!;
        List<int> MovedIn(Phase phase) => Mixed(
        [
            .. Enumerable.Range(0, graph.ObjectCount).Where(
                i => graph[new ObjectId(i)] is var found && (found.IsFile || found.Act?.Phase == phase)),
        ]);
        List<int> create = Mixed(sessions);
        List<int> preserve = MovedIn(Phase.Preserve);
        List<int> retrieve = MovedIn(Phase.Retrieve);
        return new ChosenOrders(
            graph, OrderDraw.Make(graph, create, preserve, retrieve, Mixed(sessions), Mixed(sessions)));
    }
}
