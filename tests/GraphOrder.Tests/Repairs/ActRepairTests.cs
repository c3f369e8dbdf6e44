using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Repairs;

/// <summary>
/// Repairs of small sets with acts, against brute force over all repairs and all orders: every one works,
/// the first is the cheapest, and no act and no blackout is lost.
/// </summary>
[TestFixture]
public sealed class ActRepairTests
{
    private static bool IsLong => Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1";

    [Test]
    public void Every_repair_works_and_the_first_is_the_cheapest(
        [Values] ActShape shape,
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int count = (shape == ActShape.TwoBlackouts ? 2_000 : 1_200) * (IsLong ? 20 : 1);
        int repaired = 0;
        int offered = 0;
        int hopeless = 0;
        int refused = 0;
        int moved = 0;
        Parallel.For(0, count, Cores.All, seed =>
        {
            ActSample sample = new(seed, shape);
            RepairList list = Repairer.Find(sample.Set, model.Kernels);
            Interlocked.Add(ref offered, list.Repairs.Length);
            if (sample.HasActIn(phase => !model.Kernels[phase].TakesActs))
            {
                // It orders nothing, and the set is refused for it whatever is repaired.
                Interlocked.Add(ref refused, list.Repairs.IsEmpty ? 0 : 1);
                AssertRefused(list, $"{model} {sample}");
            }
            else if (!sample.IsLegal(model))
            {
                AssertCheapest(sample, model, list);
                Interlocked.Add(ref repaired, list.Repairs.IsEmpty ? 0 : 1);
                Interlocked.Add(ref hopeless, list.Repairs.IsEmpty ? 1 : 0);
                Interlocked.Add(ref moved, list.Repairs.Any(repair => repair.Cost.FilesMoved > 0) ? 1 : 0);
            }
            else
            {
                Assert.That(list.Repairs, Is.Empty, $"{model} {sample}");
            }
        });
        TestContext.Out.WriteLine(
            $"{repaired:N0} sets repaired by {offered:N0} repairs, {moved:N0} by moves, {hopeless:N0} without one, "
            + $"{refused:N0} refused for an act");
        Assert.That(repaired, Is.GreaterThan(20));
    }

    // What is left are the ways out that promise nothing but to work.
    [Test]
    public void Without_anything_to_spend_what_is_offered_works(
        [ValueSource(typeof(ModelText), nameof(ModelText.All))] ModelText model)
    {
        int repaired = 0;
        int moved = 0;
        Parallel.For(0, 1_200, Cores.All, seed =>
        {
            ActSample sample = new(seed, seed % 2 == 0 ? ActShape.OneAct : ActShape.TwoActs);
            RepairList list = Repairer.Find(sample.Set, model.Kernels, null, new() { WorkMax = 0 });
            if (!sample.HasActIn(phase => !model.Kernels[phase].TakesActs))
            {
                foreach (Repair repair in list.Repairs)
                {
                    string what = $"{model} {sample}: {Text(repair)}";
                    Assert.That(list.IsCheapest, Is.False, what);
                    Assert.That(sample.IsLegal(repair.Changed, model), Is.True, what);
                    AssertKeepsActs(sample.Set, repair, what);
                    Interlocked.Add(ref moved, repair.Cost.SessionsSplit > 0 ? 1 : 0);
                }

                Interlocked.Add(ref repaired, list.Repairs.IsEmpty ? 0 : 1);
            }
        });
        TestContext.Out.WriteLine($"{repaired:N0} sets repaired, {moved:N0} by taking sessions apart");
        Assert.That(repaired, Is.GreaterThan(20));
    }

    private static void AssertRefused(RepairList list, string what)
    {
        foreach (Repair repair in list.Repairs)
        {
            Assert.That(repair.Verdicts[0].Verdict, Is.EqualTo(PlanVerdict.Refused), what);
            Assert.That(repair.Verdicts[0].Codes, Is.EqualTo(new[] { DiagnosticCode.ActWithoutPlace }), what);
        }
    }

    private static void AssertCheapest(ActSample sample, ModelText model, RepairList list)
    {
        string what = $"{model} {sample}";
        foreach (Repair repair in list.Repairs)
        {
            string told = $"{what}: {Text(repair)}";
            Assert.That(sample.IsLegal(repair.Changed, model), Is.True, told);
            Assert.That(repair.Verdicts[0].Verdict, Is.EqualTo(PlanVerdict.Legal), told);
            AssertKeepsActs(sample.Set, repair, told);
        }

        RepairCost? least = sample.LeastCost(model);
        Assert.That(list.Repairs.IsEmpty, Is.EqualTo(least is null), what);
        if (least is { } cost)
        {
            Assert.That(list.IsCheapest, Is.True, what);
            Assert.That(list.Repairs[0].Cost, Is.EqualTo(cost), $"{what}: {Text(list.Repairs[0])}");
            Assert.That(list.Repairs.Select(repair => repair.Cost), Is.Ordered, what);
        }
    }

    // An act stays in its session, or is where all files of that are; each blackout is of its acts' session.
    private static void AssertKeepsActs(SessionSet set, Repair repair, string what)
    {
        SessionSet changed = repair.Changed;
        for (int i = 0; i < set.Objects.Length; i++)
        {
            if (set.Objects[i].Act is not { } act)
            {
                continue;
            }

            string home = set.NameOf(act.Session);
            string now = changed.NameOf(changed.Objects[i].Act!.Session);
            string expected = repair.Merges.FirstOrDefault(merge => merge.Session == home)?.Into ?? home;
            Assert.That(now, Is.EqualTo(expected), what);
            Assert.That(changed.Objects[i].Act!.IsLate, Is.EqualTo(act.IsLate), what);
        }

        Assert.That(
            changed.Sessions.Select(session => session.Blackout).OfType<BlackoutActs>(),
            Is.EquivalentTo(set.Sessions.Select(session => session.Blackout).OfType<BlackoutActs>()),
            what);
        foreach (SessionEntry session in changed.Sessions)
        {
            if (session.Blackout is { } blackout)
            {
                SessionId pause = changed.Objects[blackout.Pause.Index].Act!.Session;
                SessionId resume = changed.Objects[blackout.Resume.Index].Act!.Session;
                Assert.That(changed.NameOf(pause), Is.EqualTo(session.Name.Text), what);
                Assert.That(changed.NameOf(resume), Is.EqualTo(session.Name.Text), what);
            }
        }
    }

    private static string Text(Repair repair) =>
        $"{repair.Kind} {repair.Cost} {string.Join(' ', repair.Moves)} {string.Join(' ', repair.Waived)}";
}
