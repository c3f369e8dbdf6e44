namespace GraphOrder.Reports.Tests;

/// <summary>What the goldens of the samples do not show.</summary>
[TestFixture]
public sealed class ComparisonTests
{
    private const string Set = """
        {
          "schema": "graphorder/session-set/1",
          "sessions": [ { "name": "vm" } ],
          "objects": [
            { "id": "ram", "kind": "memfd", "session": "vm", "seals": [ SEALS ],
              "cost": { "preserve": 12000, "finish": 900 } },
            { "id": "domain", "kind": "iommu_domain", "session": "vm", "needs": [ "ram" ],
              "cost": { "preserve": 1500000, "retrieve": 2500, "finish": 70 } }
          ]
        }
        """;

    [TestCase("\"seal\", \"grow\"", "NOT SAFE", "GO4201  from retrieve on nothing does")]
    [TestCase("\"seal\", \"shrink\", \"grow\"", "NOT SAFE", "GO4203  from retrieve on only its seals")]
    [TestCase("\"shrink\", \"write\"", "SAFE under 6 of 6 models.", "never exposed, though domain maps it")]
    public void The_verdict_names_what_the_seals_leave_open(string seals, string verdict, string told)
    {
        string report = Report(seals);

        Assert.That(report, Does.StartWith(verdict));
        Assert.That(report, Does.Contain(told));
    }

    [Test]
    public void Costs_are_told_in_time() => Assert.That(
        Report("\"shrink\"").ReplaceLineEndings(" "), Does.Match(@"held for 2 objects, 1\.5 s; exposed for\s+2 objects, 2\.6 ms"));

    [Test]
    public void A_model_that_is_safe_and_refused_is_not_green()
    {
        string report = Report("\"shrink\", \"write\"", colour: true).ReplaceLineEndings(" ");

        // Without the seals SEAL and GROW linux-next refuses it, though no page can be given away.
        Assert.That(report, Does.StartWith("\e[33mSAFE\e[0m"));
        Assert.That(report, Does.Match(@"Not every kernel takes every step\s+\(GO4001, GO4201\)\."));
    }

    [Test]
    public void A_thousand_memfds_fold_to_the_worst()
    {
        DependencyGraphBuilder builder = new();
        builder.AddSession("vm", out SessionId session);
        builder.AddFile(session, "domain", ObjectKind.IommuDomain, out ObjectId domain);
        for (int i = 0; i < 1_000; i++)
        {
            builder.AddFile(session, $"ram{i}", ObjectKind.Memfd, out ObjectId ram).AddNeed(domain, ram);
        }

        string report = Sample.Comparison(builder.BuildSet(), Sample.Options("set.json"));

        Assert.That(report, Does.Contain("1000 of 1000").And.Contain("and 998 memfds more, no worse"));
        Assert.That(Sample.Lines(report), Has.Length.LessThan(80).And.All.Length.AtMost(80));
    }

    [Test]
    public void An_empty_set_is_safe_and_says_why()
    {
        string report = Sample.Comparison(new DependencyGraphBuilder().BuildSet(), Sample.Options("set.json"));

        Assert.That(report, Does.StartWith("SAFE under 6 of 6 models. No device maps a memfd"));
    }

    private static string Report(string seals, bool colour = false)
    {
        SessionSet set = Sample.Parse(Set.Replace("SEALS", seals, StringComparison.Ordinal));
        return Sample.Comparison(set, Sample.Options("set.json") with { Colour = colour });
    }
}
