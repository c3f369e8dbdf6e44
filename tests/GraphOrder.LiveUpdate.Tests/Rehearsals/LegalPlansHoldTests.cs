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
            DependencyGraph graph = RandomSets.Make((ulong)seed, carries: true);
            UpdateOrder? drawn = new OrderDraw(graph, []).Draw(new SplitMix64((ulong)seed));
            if (!Planner.Plan(graph, KernelPair.Linux73).TryGetPlan(out Plan? plan))
            {
                impossible += drawn is null ? 1 : 0;
                continue;
            }

            legal++;
            Assert.That(drawn, Is.Not.Null, $"seed {seed}");
            Rehearsal rehearsal = Rehearser.Run(graph, KernelPair.Linux73, plan);
            Rehearsal other = Rehearser.Run(graph, KernelPair.Linux73, drawn!, [], RehearsalOptions.Default);
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
            DependencyGraph graph = RandomSets.Make((ulong)seed, carries: false);
            SplitMix64 numbers = new((ulong)seed + 77);
            (List<int> create, List<int> preserve, List<int> retrieve, List<int> finish, List<int> close) =
                Orders(graph, numbers, isSwapped: seed % 2 == 0);
            UpdateOrder order = OrderDraw.Make(graph, create, preserve, retrieve, finish, close);
            bool held = Rehearser.Run(graph, KernelPair.Linux73, order, [], RehearsalOptions.Default).Held;
            Plan plan = PlanDocument.Of(graph, create, preserve, retrieve, finish, close);
            VerifyResult verdict = PlanVerifier.Verify(graph.Set, plan);
            // A contradiction among objects has no order to break, so it is not said of one.
            bool isCyclic = verdict.Diagnostics.Any(found => found.Code == DiagnosticCode.ObjectCycle);
            counts[held ? 1 : 0]++;
            if (held != verdict.IsLegal && !isCyclic)
            {
                Assert.Fail($"seed {seed}: held {held}, verifier {verdict.IsLegal}: {PlanDocument.Text(preserve)}; "
                    + string.Join(", ", verdict.Diagnostics.Select(found => found.Code)));
            }
        }

        Assert.That(counts, Is.All.GreaterThan(OrderCount / 10));
    }

    // A legal order with two of its neighbours swapped in one list; or lists by lot.
    private static (List<int>, List<int>, List<int>, List<int>, List<int>) Orders(
        DependencyGraph graph, SplitMix64 numbers, bool isSwapped)
    {
        List<int> sessions = [.. Enumerable.Range(0, graph.SessionCount)];
        List<int> files =
            [.. Enumerable.Range(0, graph.ObjectCount).Where(i => graph[new ObjectId(i)].IsFile)];
        List<int>[] lists = [sessions, files, [.. files], [.. sessions], [.. sessions]];
        if (isSwapped && new OrderDraw(graph, []).Draw(numbers) is { } drawn)
        {
            lists =
            [
                Of(drawn.Old, RehearsedAct.Create, false), Of(drawn.Old, RehearsedAct.Preserve, true),
                Of(drawn.Next, RehearsedAct.Retrieve, true), Of(drawn.Next, RehearsedAct.Finish, false),
                drawn.Close,
            ];
            List<int> list = lists[numbers.Next(lists.Length)];
            int place = numbers.Next(list.Count);
            int other = numbers.Next(list.Count);
            (list[place], list[other]) = (list[other], list[place]);
        }
        else
        {
            lists = [.. lists.Select(list => new ArcList(graph.ObjectCount + 1).Draw(list, numbers)!)];
        }

        return (lists[0], lists[1], lists[2], lists[3], lists[4]);
    }

    private static List<int> Of(
        List<(RehearsedAct Act, int Session, int Object)> steps, RehearsedAct act, bool wantsObject) =>
        [.. steps.Where(step => step.Act == act).Select(step => wantsObject ? step.Object : step.Session)];
}
