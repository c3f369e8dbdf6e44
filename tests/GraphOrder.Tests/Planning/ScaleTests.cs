using System.Globalization;

namespace GraphOrder.Tests.Planning;

/// <summary>
/// Sets at the edge of what a kernel holds, and past it: planned and proven in memory that is bound to
/// their size.
/// </summary>
[TestFixture]
public sealed class ScaleTests
{
    // All that a plan allocates on its way, its result among it: 100 to 131 bytes a file, and 381 a file with
    // a session of its own.
    private const int BytesPerPartMax = 500;

    // The walk of each told in objects: 10,412 bytes a cycle.
    private const int BytesPerCycleMax = 16_000;

    [Test]
    public void As_many_files_as_a_session_can_hold_and_one_after_another()
    {
        const int count = 630_000;
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm", out SessionId session);
        ObjectId last = default;
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(session, Name("file", i), ObjectKind.Memfd, out ObjectId file);
            if (i % 3 == 1)
            {
                builder.AddDependency(file, last);
            }

            last = file;
        }

        IsPlannedWithin(builder.Build(), count);
    }

    [Test]
    public void Half_a_million_sessions_of_which_each_needs_the_one_before_it()
    {
        const int count = 510_000;
        DependencyGraphBuilder builder = new();
        ObjectId last = default;
        for (int i = 0; i < count; i++)
        {
            builder.AddSession(Name("vm", i), out SessionId session);
            builder.AddFile(session, Name("ram", i), ObjectKind.Memfd, out ObjectId file);
            if (i > 0)
            {
                builder.AddDependency(file, last);
            }

            last = file;
        }

        IsPlannedWithin(builder.Build(), count);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_star_of_a_million(bool allNeedTheFirst)
    {
        const int count = 1_000_000;
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm", out SessionId session);
        builder.AddFile(session, "hub", ObjectKind.Iommufd, out ObjectId hub);
        for (int i = 1; i < count; i++)
        {
            builder.AddFile(session, Name("ram", i), ObjectKind.Memfd, out ObjectId file);
            builder.AddDependency(allNeedTheFirst ? file : hub, allNeedTheFirst ? hub : file);
        }

        IsPlannedWithin(builder.Build(), count);
    }

    [Test]
    public void A_hundred_thousand_cycles_are_refused()
    {
        const int count = 100_000;
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm", out SessionId session);
        for (int i = 0; i < count; i++)
        {
            builder.AddFile(session, Name("one", i), ObjectKind.Memfd, out ObjectId one);
            builder.AddFile(session, Name("other", i), ObjectKind.Memfd, out ObjectId other);
            builder.AddDependency(one, other);
            builder.AddDependency(other, one);
        }

        DependencyGraph graph = builder.Build();
        _ = graph.Set.Digest;
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlanResult result = Planner.Plan(graph, KernelPair.Linux73);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        TestContext.Out.WriteLine($"{allocated / count} bytes for each of {count:N0} cycles");
        Assert.That(result.IsLegal, Is.False);
        Assert.That(result.Diagnostics[0].Code, Is.EqualTo(DiagnosticCode.ObjectCycle));
        Assert.That(allocated / count, Is.LessThan(BytesPerCycleMax));
    }

    private static string Name(string what, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}-{number}");

    private static void IsPlannedWithin(DependencyGraph graph, int partCount)
    {
        // The digest of the set is its own, made once for whoever asks first.
        _ = graph.Set.Digest;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Plan plan = Planner.Plan(graph, KernelPair.Linux73).GetPlanOrThrow();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        TestContext.Out.WriteLine($"{allocated / partCount} bytes for each of {partCount:N0}");
        Assert.That(plan[Phase.Finish].Count, Is.EqualTo(partCount));
        Assert.That(PlanVerifier.Verify(graph.Set, plan).IsLegal, Is.True);
        Assert.That(allocated / partCount, Is.LessThan(BytesPerPartMax), "bytes for each file");
    }
}
