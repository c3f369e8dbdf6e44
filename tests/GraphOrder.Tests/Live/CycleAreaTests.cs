namespace GraphOrder.Tests.Live;

/// <summary>A refusal is told from where its cycles lie, however large the host is.</summary>
[TestFixture]
public sealed class CycleAreaTests
{
    private const int GuestCount = 200;

    [TestCase(10)]
    [TestCase(GuestCount)]
    public void A_refusal_allocates_what_its_cycle_needs_and_not_what_the_host_holds(int guestCount)
    {
        LiveDependencyGraph live = Host(guestCount);
        Refuse(live);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ChangeResult refused = Refuse(live);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(refused.Cycle!.Steps.Select(step => step.Dependent), Is.EquivalentTo(new[] { "0/b", "1/b" }));
        Assert.That(allocated, Is.LessThan(100_000), $"{guestCount} guests of the same pool");
    }

    [Test]
    public void A_contradicted_beginning_is_told_from_its_session_and_what_is_contradicted()
    {
        LiveDependencyGraph live = Host(GuestCount);
        using (Change change = live.BeginChange())
        {
            change.Create(Session(live, "services"));
            change.Preserve(Find(live, "pool"));
            Assert.That(change.TryCommit().IsCommitted, Is.True);
        }

        for (int guest = 0; guest < GuestCount / 2; guest++)
        {
            using Change change = live.BeginChange();
            change.Create(Session(live, $"{guest}"));
            change.Preserve(Find(live, $"{guest}/a"));
            Assert.That(change.TryCommit().IsCommitted, Is.True);
        }

        using Change wrong = live.BeginChange();
        wrong.AddDependency(Find(live, "3/a"), Find(live, "3/c"), PhaseSet.Of(Phase.Preserve));
        long before = GC.GetAllocatedBytesForCurrentThread();
        ChangeResult refused = wrong.TryCommit();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(refused.Diagnostics.Single().Code, Is.EqualTo(DiagnosticCode.BeginningContradicted));
        Assert.That(allocated, Is.LessThan(200_000));
    }

    // Every guest needs the pool, so that looking from the pool meets all of them.
    private static LiveDependencyGraph Host(int guestCount)
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        using Change first = live.BeginChange();
        ObjectId pool = first.AddFile(first.AddSession("services"u8), "pool"u8, ObjectKind.File, 1);
        Assert.That(first.TryCommit().IsCommitted, Is.True);
        for (int guest = 0; guest < guestCount; guest++)
        {
            using Change change = live.BeginChange();
            SessionId session = change.AddSession(HostModel.Utf8($"{guest}"));
            ObjectId[] files = new ObjectId[3];
            for (int i = 0; i < files.Length; i++)
            {
                files[i] = change.AddFile(
                    session, HostModel.Utf8($"{guest}/{(char)('a' + i)}"), ObjectKind.Memfd, (ulong)i);
                change.AddDependency(files[i], pool, PhaseSet.Of(Phase.Freeze));
            }

            Assert.That(change.TryCommit().IsCommitted, Is.True);
        }

        return live;
    }

    private static ChangeResult Refuse(LiveDependencyGraph live)
    {
        using Change change = live.BeginChange();
        change.AddDependency(Find(live, "0/b"), Find(live, "1/a"));
        change.AddDependency(Find(live, "1/b"), Find(live, "0/a"));
        return change.TryCommit();
    }

    private static ObjectId Find(LiveDependencyGraph live, string id) =>
        live.TryFind(HostModel.Utf8(id), out ObjectId found) ? found : throw new AssertionException(id);

    private static SessionId Session(LiveDependencyGraph live, string name) =>
        live.TryFindSession(HostModel.Utf8(name), out SessionId found)
            ? found
            : throw new AssertionException(name);
}
