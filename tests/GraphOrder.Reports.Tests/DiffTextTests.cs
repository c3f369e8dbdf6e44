using System.Text.Json.Nodes;

namespace GraphOrder.Reports.Tests;

/// <summary>How <c>diff</c> reads. <c>GRAPHORDER_GOLDEN=write</c> rewrites the files.</summary>
[TestFixture]
public sealed class DiffTextTests
{
    private const string Fake = "x\nSAME ORDER\n\u001b[32m\u202e\u0007 \"";

    [TestCase("diff-same", "two-vms.json", "two-vms.json", "linux-7.3", "linux-7.3")]
    [TestCase("diff-refused", "seed-legal.json", "seed.json", "linux-7.3", "linux-7.3")]
    [TestCase("diff-legal", "seed.json", "seed-legal.json", "linux-7.3", "linux-7.3")]
    [TestCase("diff-still-refused", "seed.json", "seed.json", "linux-7.3", "linux-next")]
    [TestCase("diff-model", "two-vms.json", "two-vms.json", "linux-7.3", "explicit-graph")]
    [TestCase("diff-not-comparable", "two-vms.json", "two-vms.json", "linux-7.3", "global-finish")]
    [TestCase("diff-other-set", "microvm.json", "services.json", "linux-7.3", "linux-7.3")]
    public void Two_samples_read_as_they_should(
        string golden, string first, string second, string firstModel, string secondModel) =>
        Compare(
            golden,
            Side(Sample.Read(first), firstModel),
            Side(Sample.Read(second), secondModel),
            first,
            second);

    [TestCase("diff-added", "vm-02/iommufd", "vm-02/state")]
    [TestCase("diff-added-far", "vm-02/ram", "vm-01/gpu0")]
    public void A_dependency_more_reads_as_it_should(string golden, string dependent, string on)
    {
        const string name = "two-vms.json";
        JsonNode set = Node(name);
        ((JsonArray)set["objects"]!).Where(each => (string?)each!["id"] == "vm-02/state").ToList()
            .ForEach(each => ((JsonObject)each!).Remove("describes"));
        Compare(
            golden,
            Side(Sample.Parse(set.ToJsonString())),
            Side(Sample.Parse(With(set, dependent, on).ToJsonString())),
            name,
            "next.json");
    }

    [Test]
    public void Objects_that_are_new_and_gone_read_as_they_should()
    {
        const string name = "two-vms.json";
        JsonNode set = Node(name);
        JsonArray objects = (JsonArray)set["objects"]!;
        objects.Remove(objects.First(each => (string?)each!["id"] == "vm-01/state"));
        objects.Insert(0, JsonNode.Parse(
            """{ "id": "vm-02/log", "kind": "memfd", "session": "vm-02", "token": "0x9" }"""));
        Compare(
            "diff-objects",
            Side(Sample.Read(name)),
            Side(Sample.Parse(set.ToJsonString())),
            name,
            "next.json");
    }

    [Test]
    public void A_document_in_another_order_reads_as_it_should()
    {
        const string name = "microvm.json";
        JsonNode set = Node(name);
        JsonArray objects = (JsonArray)set["objects"]!;
        JsonNode[] turned = [.. objects.Select(each => each!.DeepClone()).Reverse()];
        objects.Clear();
        Array.ForEach(turned, objects.Add);
        Compare(
            "diff-document",
            Side(Sample.Read(name)),
            Side(Sample.Parse(set.ToJsonString())),
            name,
            "next.json");
    }

    [Test]
    public void Two_plans_without_dependencies_read_as_they_should()
    {
        const string name = "two-vms.json";
        Compare(
            "diff-without-causes",
            PlanSide.Of(Side(Sample.Read(name)).Result),
            PlanSide.Of(Side(Sample.Read(name), "explicit-graph").Result),
            "first.json",
            "second.json");
    }

    [TestCase(80, false)]
    [TestCase(80, true)]
    [TestCase(40, false)]
    [TestCase(40, true)]
    public void A_name_cannot_fake_a_line_or_a_colour(int width, bool isCyclic)
    {
        DependencyOrigin origin = new(
            DependencySource.Declared, DeclaredBy: Fake + "by", Why: Fake + new string('w', 10_000));
        DependencyGraphBuilder Builder(out ObjectId one, out ObjectId other)
        {
            return new DependencyGraphBuilder()
                .AddSession(Fake + "s", out SessionId session)
                .AddFile(session, Fake + new string('i', 200), ObjectKind.Memfd, out one)
                .AddFile(session, Fake + "2", ObjectKind.Memfd, out other);
        }

        DependencyGraphBuilder next = Builder(out ObjectId a, out ObjectId b)
            .AddDependency(a, b, origin: origin);
        _ = isCyclic ? next.AddDependency(b, a, origin: origin) : next;
        string report = Text(
            Side(Builder(out _, out _).BuildSet()),
            Side(next.BuildSet()),
            new DiffTextOptions
            {
                FirstName = Fake,
                SecondName = Fake + "2",
                SecondSetName = Fake + "2",
                Width = width,
            });
        string[] lines = Sample.Lines(report);

        Assert.Multiple(() =>
        {
            Assert.That(report, Does.Match("^[ -~\n]*$"));
            Assert.That(lines[0], Does.StartWith(isCyclic ? "NOW REFUSED" : "ORDER CHANGED"));
            Assert.That(lines, Has.None.StartsWith("SAME"));
            Assert.That(lines.Where(static line => !line.Contains("$'", StringComparison.Ordinal)),
                Has.All.Length.AtMost(width));
        });
    }

    private static void Compare(
        string golden, PlanSide first, PlanSide second, string firstName, string secondName)
    {
        string report = Text(first, second, new DiffTextOptions
        {
            FirstName = firstName,
            SecondName = secondName,
            FirstSetName = first.Graph is null ? null : firstName,
            SecondSetName = second.Graph is null ? null : secondName,
        });

        Assert.That(Sample.Lines(report).Max(line => line.Length), Is.LessThanOrEqualTo(80));
        Golden.Compare(golden, report);
    }

    private static string Text(PlanSide first, PlanSide second, DiffTextOptions options)
    {
        StringWriter output = new();
        TextReport.WriteDiff(output, PlanDiffer.Compare(first, second), options);
        return output.ToString();
    }

    private static PlanSide Side(SessionSet set, string model = "linux-7.3")
    {
        KernelPair.TryFindByModel(model, out KernelPair? kernels);
        DependencyGraph graph = DependencyGraph.Of(set);
        return new PlanSide(Planner.Plan(graph, kernels!)) { Graph = graph, Kernels = kernels };
    }

    private static JsonNode Node(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Sample.Folder, name)))!;

    private static JsonNode With(JsonNode set, string dependent, string on)
    {
        JsonNode next = set.DeepClone();
        next["dependencies"] ??= new JsonArray();
        ((JsonArray)next["dependencies"]!).Add(JsonNode.Parse($$"""
            { "dependent": "{{dependent}}", "on": "{{on}}", "declaredBy": "vmm", "why": "one more" }
            """));
        return next;
    }
}
