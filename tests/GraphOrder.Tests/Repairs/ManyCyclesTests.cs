using System.Diagnostics;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Repairs;

/// <summary>Sets with very many causes: what each costs, and that alike ones are solved alike.</summary>
[TestFixture]
public sealed class ManyCyclesTests
{
    private const int Few = 150;
    private const int Times = 20;

    [Test]
    public void Twenty_times_as_many_cycles_take_less_than_two_hundred_times_as_long([Values] bool areAlike)
    {
        Find(Few, areAlike);
        (TimeSpan shortTime, long fewBytes) = Find(Few, areAlike);
        (TimeSpan longTime, long manyBytes) = Find(Few * Times, areAlike);

        TestContext.Out.WriteLine(
            $"{Few} cycles: {shortTime.TotalMilliseconds:F0} ms, {fewBytes / 1e6:F1} MB; "
            + $"{Few * Times}: {longTime.TotalMilliseconds:F0} ms, {manyBytes / 1e6:F1} MB");
        Assert.That(longTime, Is.LessThan(shortTime * 10 * Times));
        Assert.That(manyBytes, Is.LessThan(fewBytes * 2 * Times));
        Assert.That(manyBytes / (Few * Times), Is.LessThan(areAlike ? 40_000 : 250_000), "bytes a cycle");
    }

    [Test]
    public void A_set_twice_costs_twice_as_much_to_repair()
    {
        int repaired = 0;
        for (int seed = 0; seed < 600; seed++)
        {
            RandomSets random = new(seed, withActs: seed % 2 == 0);
            SessionSet set = random.Next(objectMax: 9, sessionMax: 3, isOrdered: seed % 3 > 0);
            RepairList once = Repairer.Find(set, KernelPair.Linux73);
            if (once.Repairs.IsEmpty || set.Sessions.Any(session => session.Created))
            {
                continue;
            }

            repaired++;
            RepairList twice = Repairer.Find(Twice(set), KernelPair.Linux73);
            RepairCost cost = once.Repairs[0].Cost;
            Assert.That(twice.IsCheapest, Is.EqualTo(once.IsCheapest), $"seed {seed}");
            RepairCost both = new(
                2 * cost.WeightWaived, 2 * cost.FilesMoved, 2 * cost.SessionsMerged, 2 * cost.SessionsSplit);
            Assert.That(twice.Repairs[0].Cost, Is.EqualTo(both), $"seed {seed}");
            PlanVerdict verdict = once.Repairs[0].Verdicts[0].Verdict;
            Assert.That(twice.Repairs[0].Verdicts[0].Verdict, Is.EqualTo(verdict), $"seed {seed}");
        }

        TestContext.Out.WriteLine($"{repaired} repaired");
        Assert.That(repaired, Is.GreaterThan(60));
    }

    [Test]
    public void Problems_are_alike_only_where_nothing_that_matters_differs()
    {
        string[] variants =
        [
            "", "kind", "phase", "soft", "weight", "created", "named", "act", "late-act", "carried", "preserved",
        ];
        foreach (string left in variants)
        {
            foreach (string right in variants)
            {
                DependencyGraphBuilder builder = new();
                AddPair(builder, left, "left-");
                AddPair(builder, right, "right-");
                DependencyGraph graph = builder.Build();
                PhaseSet[] phases = [.. graph.Dependencies.ToArray().Select(found => found.Phases)];

                List<RepairPart> parts = RepairProblems.Of(
                    graph, phases, KernelPair.Linux73, EmptiedSessions.Of(graph));

                // When an act is done does not matter to whether there is an order.
                bool areAlike = left == right || (left.EndsWith("act") && right.EndsWith("act"));
                Assert.That(parts, Has.Count.EqualTo(2));
                Assert.That(
                    ReferenceEquals(parts[0].Problem, parts[1].Problem), Is.EqualTo(areAlike), $"{left}, {right}");
            }
        }
    }

    private static (TimeSpan Time, long Bytes) Find(int count, bool areAlike)
    {
        SessionSet set = Cycles(count, areAlike);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        RepairList list = Repairer.Find(set, KernelPair.Linux73);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        Assert.That(list.IsCheapest, Is.True);
        Assert.That(list.Repairs[0].Cost, Is.EqualTo(new RepairCost(0, count, 0, 0)));
        Assert.That(list.Repairs[^1].Kind, Is.EqualTo(RepairKind.Waive));
        return (time, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Pairs of sessions that must each finish before the other; what is soft has a weight of its own or not.
    private static SessionSet Cycles(int count, bool areAlike)
    {
        DependencyGraphBuilder builder = new();
        PhaseSet finish = PhaseSet.Of(Phase.Finish);
        for (int i = 0; i < count; i++)
        {
            builder.AddSession($"{i}-left", out SessionId left)
                .AddSession($"{i}-right", out SessionId right)
                .AddFile(left, $"{i}-a", ObjectKind.File, out ObjectId a)
                .AddFile(left, $"{i}-b", ObjectKind.File, out ObjectId b)
                .AddFile(right, $"{i}-c", ObjectKind.File, out ObjectId c)
                .AddFile(right, $"{i}-d", ObjectKind.File, out ObjectId d)
                .AddDependency(a, c, finish)
                .AddDependency(
                    d, b, finish, strength: DependencyStrength.Soft, weight: areAlike ? 1 : i + 1);
        }

        return builder.BuildSet();
    }

    private static void AddPair(DependencyGraphBuilder builder, string variant, string prefix)
    {
        builder.AddSession(prefix + "s", out SessionId s, created: variant is "created" or "preserved")
            .AddSession(prefix + "t", out SessionId t)
            .AddFile(s, prefix + "a", variant == "kind" ? ObjectKind.Memfd : ObjectKind.File, out ObjectId a)
            .AddFile(t, prefix + "b", ObjectKind.File, out ObjectId b)
            .AddDependency(
                a,
                b,
                PhaseSet.Of(variant == "phase" ? Phase.Retrieve : Phase.Finish),
                strength: variant is "soft" or "weight" ? DependencyStrength.Soft : DependencyStrength.Hard,
                weight: variant == "weight" ? 2 : 1);
        _ = variant switch
        {
            "named" => builder.AddDependency(s, on: t, PhaseSet.Of(Phase.Preserve)),
            "act" => builder.AddAct(s, prefix + "x", Phase.Finish, out _),
            "late-act" => builder.AddAct(s, prefix + "x", Phase.Finish, out _, isLate: true),
            "carried" => builder.AddObject(b, prefix + "x", ObjectKind.Ioas, out _),
            "preserved" => builder.SetPreserved(s, a),
            _ => builder,
        };
    }

    // The set, and once more under other names.
    private static SessionSet Twice(SessionSet set)
    {
        NameTable ids = new();
        NameTable sessions = new();
        for (int copy = 0; copy < 2; copy++)
        {
            Enumerable.Range(0, set.Objects.Length).ToList().ForEach(i => ids.TryAdd($"{copy}-{i}", out _));
            Enumerable.Range(0, set.Sessions.Length).ToList().ForEach(i => sessions.TryAdd($"{copy}-{i}", out _));
        }

        SessionId Session(SessionId id) => new(id.Index + set.Sessions.Length);
        ObjectId Object(ObjectId id) => new(id.Index + set.Objects.Length);
        DependencyEnd End(DependencyEnd end) => end.IsSession ? Session(end.SessionId) : Object(end.ObjectId);
        return new SessionSet(ids, sessions)
        {
            Sessions = [.. Enumerable.Range(0, 2 * set.Sessions.Length).Select(
                i => new SessionEntry(new SessionName($"{i / set.Sessions.Length}-{i % set.Sessions.Length}")))],
            Objects =
            [
                .. set.Objects,
                .. set.Objects.Select(found => new PreservedObject(
                    found.Kind,
                    found.Session is { } session ? Session(session) : null,
                    found.Carrier is { } carrier ? Object(carrier) : null,
                    facts: found.Act is { } act
                        ? new ObjectFacts { Act = act with { Session = Session(act.Session) } }
                        : null)),
            ],
            Dependencies =
            [
                .. set.Dependencies,
                .. set.Dependencies.Select(found => found with
                {
                    Dependent = End(found.Dependent),
                    On = End(found.On),
                }),
            ],
        };
    }
}
