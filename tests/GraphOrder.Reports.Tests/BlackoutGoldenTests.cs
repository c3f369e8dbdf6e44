namespace GraphOrder.Reports.Tests;

/// <summary>A refusal for a blackout, and blackouts of many guests, as a person has read them.</summary>
[TestFixture]
public sealed class BlackoutGoldenTests
{
    [Test]
    public void A_blackout_that_is_too_long_is_told_with_its_chain() => Golden.Compare(
        "blackout.refusal",
        Sample.Report(
            Sample.Read("blackout.json"),
            KernelPair.Linux73,
            Sample.Options("blackout.json"),
            schedule: new ScheduleOptions { BlackoutMicrosecondsMax = 1_150_000 }));

    [Test]
    public void Many_guests_are_told_by_the_longest()
    {
        DependencyGraphBuilder builder = new();
        builder.SetLimit("pci", 2).SetHost(new HostFacts { KexecMicroseconds = 400_000 });
        for (int i = 0; i < 12; i++)
        {
            ObjectFacts device = new()
            {
                Class = "pci",
                CostMicroseconds = [2_000, 500, 0, 0, 10_000 + 3_300 * (i % 5), 0],
            };
            builder.AddSession($"vm-{i:00}", out SessionId session)
                .AddFile(session, $"vm-{i:00}/gpu", ObjectKind.VfioDevice, out ObjectId gpu, facts: device)
                .AddAct(session, $"vm-{i:00}/pause", Phase.Preserve, out ObjectId pause, isLate: true)
                .AddAct(session, $"vm-{i:00}/resume", Phase.Retrieve, out ObjectId resume)
                .AddDependency(gpu, on: pause)
                .AddDependency(resume, on: gpu)
                .SetBlackout(session, pause, resume);
        }

        Golden.Compare("blackout-many", Sample.Report(builder.BuildSet(), Sample.Options("set.json")));
    }
}
