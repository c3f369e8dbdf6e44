using System.Globalization;
using System.Text;

namespace GraphOrder.Tests.Live;

/// <summary>A host that runs for years: guests come and go, and nothing is left of those that went.</summary>
[TestFixture]
public sealed class SoakTests
{
    private const int GuestCount = 200;
    private const int FreezeEvery = 64;
    private const int ChangeCount = 1_000_000;

    [Test]
    public void However_often_a_graph_changes_it_takes_the_memory_that_it_took()
    {
        LiveDependencyGraph live = new(KernelPair.Linux73);
        LivePlan plan = new(KernelPair.Linux73);
        Queue<string> guests = new();
        Random numbers = new(1);
        int named = 0;
        long early = 0;
        for (int i = 0; i < ChangeCount; i++)
        {
            if (guests.Count < GuestCount / 2 || (guests.Count < GuestCount && numbers.Next(2) == 0))
            {
                string guest = string.Create(CultureInfo.InvariantCulture, $"vm-{named++:D9}");
                Come(live, guest, guests.Count > 0 ? guests.Peek() : null);
                guests.Enqueue(guest);
            }
            else
            {
                Go(live, guests.Dequeue());
            }

            if (i % FreezeEvery == 0)
            {
                plan.Apply(live.PlanChanges());
                Assert.That(live.Freeze().SessionCount, Is.EqualTo(guests.Count));
            }

            if (i == ChangeCount / 4)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        long late = GC.GetTotalMemory(forceFullCollection: true);
        TestContext.Out.WriteLine($"{ChangeCount:N0} changes: {early:N0} bytes after a quarter, {late:N0} at the end");
        GC.KeepAlive(live);
        GC.KeepAlive(plan);
        Assert.That(late, Is.LessThan(early + (early / 10) + (1 << 18)));
    }

    private static void Come(LiveDependencyGraph live, string guest, string? older)
    {
        using Change change = live.BeginChange();
        SessionId session = change.AddSession(Bytes(guest));
        ObjectId memory = change.AddFile(session, Bytes(guest + "/ram"), ObjectKind.Memfd, 1);
        ObjectId device = change.AddFile(session, Bytes(guest + "/iommufd"), ObjectKind.Iommufd, 2);
        ObjectId space = change.AddObject(device, Bytes(guest + "/ioas"), ObjectKind.Ioas);
        change.AddNeed(space, memory);
        if (older is not null)
        {
            Assert.That(live.TryFind(Bytes(older + "/ram"), out ObjectId shared), Is.True);
            change.AddDependency(space, shared);
        }

        Assert.That(change.TryCommit().IsCommitted, Is.True);
    }

    private static void Go(LiveDependencyGraph live, string guest)
    {
        using Change change = live.BeginChange();
        Assert.That(live.TryFindSession(Bytes(guest), out SessionId session), Is.True);
        change.RemoveSession(session);
        Assert.That(change.TryCommit().IsCommitted, Is.True);
    }

    private static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name);
}
