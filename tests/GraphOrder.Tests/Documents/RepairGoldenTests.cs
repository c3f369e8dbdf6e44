using System.Text;

namespace GraphOrder.Tests.Documents;

/// <summary>Refusals as documents, with the kinds of repairs that no sample has.</summary>
[TestFixture]
public sealed class RepairGoldenTests
{
    private static readonly PhaseSet Finish = PhaseSet.Of(Phase.Finish);

    /// <summary>The kinds, each as one repair at least of a set has it.</summary>
    public static IEnumerable<RepairKind> Kinds { get; } = [RepairKind.NewSession, RepairKind.Combined];

    /// <summary>A small set that one repair of a kind helps.</summary>
    public static SessionSet SetOf(RepairKind kind)
    {
        DependencyGraphBuilder builder = new();
        ObjectId[] first = AddCross(builder, "first");
        if (kind == RepairKind.Combined)
        {
            // Two files that wait for one another do so wherever they are.
            return builder
                .AddDependency(first[1], on: first[0], PhaseSet.Of(Phase.Retrieve))
                .AddDependency(
                    first[0], on: first[1], PhaseSet.Of(Phase.Retrieve), default, DependencyStrength.Soft, 2)
                .BuildSet();
        }

        // Tied by what is no cycle, so that a new session is one for both.
        ObjectId[] second = AddCross(builder, "second");
        return builder.AddDependency(first[3], on: second[1], Finish).BuildSet();
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_refusal_is_written_as_the_file_has_it(RepairKind kind)
    {
        PlanAnswer answer = PlanRequest.Answer(SetOf(kind), KernelPair.Linux73);
        Assert.That(answer.Repairs.Repairs.Select(repair => repair.Kind), Does.Contain(kind));
        using MemoryStream written = new();
        PlanWriter.Write(written, answer.Result, answer.Repairs);

        string text = Encoding.UTF8.GetString(written.ToArray());
        string golden = RepositoryFiles.In("tests", "GraphOrder.Tests", "Golden", $"Repairs.{kind}.json");
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(golden, text);
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(golden)));
    }

    // Two sessions of two files that must each finish before the other.
    private static ObjectId[] AddCross(DependencyGraphBuilder builder, string name)
    {
        ObjectId[] files = new ObjectId[4];
        builder.AddSession($"{name}-left", out SessionId left)
            .AddSession($"{name}-right", out SessionId right)
            .AddFile(left, $"{name}-a", ObjectKind.Memfd, out files[0], token: 1)
            .AddFile(left, $"{name}-b", ObjectKind.Memfd, out files[1], token: 2)
            .AddFile(right, $"{name}-c", ObjectKind.Memfd, out files[2], token: 3)
            .AddFile(right, $"{name}-d", ObjectKind.Memfd, out files[3], token: 4)
            .AddDependency(files[0], on: files[2], Finish)
            .AddDependency(files[3], on: files[1], Finish);
        return files;
    }
}
