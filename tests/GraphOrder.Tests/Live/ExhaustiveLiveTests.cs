using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Live;

/// <summary>
/// Every set of dependencies between three objects in every place that they can have: a change with all of
/// them is refused where the planner refuses the set, and a second change takes them away again.
/// </summary>
[TestFixture]
public sealed class ExhaustiveLiveTests
{
    private const int ObjectCount = 3;

    private static readonly (int Dependent, int On)[] Pairs =
        [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];

    private static readonly PhaseSet[] PhaseSets =
        [PhaseSet.Default, PhaseSet.All, .. Phases.All.ToArray().Select(phase => PhaseSet.Of(phase))];

    public static IEnumerable<KernelPair> Kernels()
    {
        yield return KernelPair.Linux73;
        yield return KernelPair.Of(LifecycleModel.ExplicitGraph);
        yield return new(
            KernelProfile.Of(LifecycleModel.Linux73), KernelProfile.Of(LifecycleModel.SessionFinish));
    }

    [TestCaseSource(nameof(Kernels))]
    public void The_verdict_on_every_small_change_is_that_of_the_planner(KernelPair kernels)
    {
        int refused = 0;
        int count = 0;
        foreach (TinySet tiny in TinySet.All(ObjectCount, withKernelMoved: true))
        {
            LiveDependencyGraph live = new(kernels);
            ObjectId[] objects = Enter(live, tiny);
            foreach (PhaseSet phases in PhaseSets)
            {
                for (int mask = 1; mask < 1 << Pairs.Length; mask++)
                {
                    (int Dependent, int On)[] pairs = [.. Pairs.Where((_, i) => (mask & (1 << i)) != 0)];
                    bool isFree = !Planner.Plan(tiny.With(pairs, phases), kernels).Diagnostics
                        .Any(found => found.Cycle is not null);
                    Assert.That(
                        TryAdd(live, objects, pairs, phases),
                        Is.EqualTo(isFree),
                        $"{string.Join(' ', tiny.Places)}: {string.Join(' ', pairs)} in {phases}");
                    count++;
                    refused += isFree ? 0 : 1;
                }
            }
        }

        TestContext.Out.WriteLine($"{refused:N0} of {count:N0} refused");
        Assert.That(refused, Is.InRange(1, count - 1));
    }

    private static ObjectId[] Enter(LiveDependencyGraph live, TinySet tiny)
    {
        SessionSet set = tiny.With([], PhaseSet.All);
        using Change change = live.BeginChange();
        SessionId[] sessions =
            [.. set.Sessions.Select(entry => change.AddSession(HostModel.Utf8(entry.Name.Text)))];
        ObjectId[] objects = new ObjectId[set.Objects.Length];

        // A file before what it carries, whatever the document has first.
        IEnumerable<int> ids = Enumerable.Range(0, objects.Length);
        foreach (int i in ids.OrderBy(i => set.Objects[i].Carrier is not null))
        {
            PreservedObject found = set.Objects[i];
            byte[] id = HostModel.Utf8($"o{i}");
            objects[i] = found.Session is { } session
                ? change.AddFile(sessions[session.Index], id, found.Kind, (ulong)i)
                : found.Carrier is { } carrier
                ? change.AddObject(objects[carrier.Index], id, found.Kind)
                : change.AddKernelObject(id, found.Kind);
        }

        Assert.That(change.TryCommit().IsCommitted, Is.True);
        return objects;
    }

    private static bool TryAdd(
        LiveDependencyGraph live, ObjectId[] objects, (int Dependent, int On)[] pairs, PhaseSet phases)
    {
        using Change change = live.BeginChange();
        foreach ((int dependent, int on) in pairs)
        {
            change.AddDependency(objects[dependent], objects[on], phases);
        }

        bool isTaken = change.TryCommit().IsCommitted;
        Assert.That(live.DependencyCount, Is.EqualTo(isTaken ? pairs.Length : 0));
        if (isTaken)
        {
            using Change gone = live.BeginChange();
            foreach ((int dependent, int on) in pairs)
            {
                gone.RemoveDependency(objects[dependent], objects[on]);
            }

            Assert.That(gone.TryCommit().IsCommitted, Is.True);
        }

        return isTaken;
    }
}
