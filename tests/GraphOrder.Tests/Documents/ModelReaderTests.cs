using System.Text;
using GraphOrder.Tests.Planning;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class ModelReaderTests
{
    private const string Chosen = """{ "step": "file", "between": "interleaved", "inside": "chosen" }""";
    private const string Schema = "model.schema.json";

    /// <summary>Models with one thing wrong in each.</summary>
    internal static MalformedCase[] Malformed { get; } =
    [
        new("another schema", WrongSchema, Model().Replace(
            "\"graphorder/model/1\"", "¶\"graphorder/model/2\"", StringComparison.Ordinal), true),
        new("a colon in the name", WrongValue, Model(name: "¶\"a:b\""), true),
        new("no name", WrongValue, Model(name: "¶\"\""), true),
        new("a name that is a number", WrongType, Model(name: "¶7"), true),
        new("the name of a built-in model", ModelNameTaken, Model(name: "¶\"linux-7.3\"")),
        new("a phase too few", MissingMember, $$"""
            { "schema": "graphorder/model/1", "name": "m", "phases": ¶{ "preserve": {{Chosen}},
              "freeze": {{Chosen}}, "unfreeze": {{Chosen}}, "unpreserve": {{Chosen}}, "retrieve": {{Chosen}} } }
            """, true),
        new("a phase that is none", UnknownMember, Model(finish: Chosen + $", ¶\"abort\": {Chosen}"), true),
        new("a phase that is no object", WrongType, Model(finish: "¶\"file\""), true),
        new("a phase twice", DuplicateMember, Model(finish: Chosen + $", ¶\"freeze\": {Chosen}")),
        new("a member that is none", UnknownMember,
            Model(finish: """{ "step": "file", ¶"betwen": "interleaved", "between": "interleaved", "inside": "chosen" }"""),
            true),
        new("a step that is none", WrongValue, Model(finish: Rule("¶\"guest\"", "\"interleaved\"", "\"chosen\"")), true),
        new("no between", MissingMember, Model(finish: """¶{ "step": "file", "inside": "chosen" }"""), true),
        new("no inside", MissingMember, Model(finish: """¶{ "step": "file", "between": "interleaved" }"""), true),
        new("an order without a direction", WrongValue,
            Model(finish: Rule("\"file\"", "¶\"finish\"", "\"chosen\"")), true),
        new("an order that runs sideways", WrongValue,
            Model(finish: Rule("\"file\"", "¶\"finish sideways\"", "\"chosen\"")), true),
        new("an order of sessions called retrieve", WrongValue,
            Model(finish: Rule("\"file\"", "¶\"retrieve forward\"", "\"chosen\"")), true),
        new("a place inside that is none", WrongValue,
            Model(finish: Rule("\"file\"", "\"interleaved\"", "¶\"preserve\"")), true),
        new("preserve in sessions", ModelPreserveNotChosen,
            Model(preserve: Rule("\"file\"", "¶\"create forward\"", "\"chosen\"")), true),
        new("preserve in preserve order", ModelPreserveNotChosen,
            Model(preserve: Rule("\"file\"", "\"interleaved\"", "¶\"preserve forward\"")), true),
        new("preserve of everything", ModelPreserveNotChosen,
            Model(preserve: """{ "step": ¶"everything", "inside": "together" }"""), true),
        new("objects by session", ModelObjectsNotFree,
            Model(finish: Rule("\"object\"", "¶\"finish forward\"", "\"chosen\"")), true),
        new("objects in preserve order", ModelObjectsNotFree,
            Model(finish: Rule("\"object\"", "\"interleaved\"", "¶\"preserve backward\"")), true),
        new("files together", ModelFilesTogether,
            Model(finish: Rule("\"file\"", "\"finish forward\"", "¶\"together\"")), true),
        new("sessions that interleave", ModelSessionsWithoutOrder,
            Model(finish: Rule("\"session\"", "¶\"interleaved\"", "\"together\"")), true),
        new("an order inside a session at once", ModelOrderInsideOneStep,
            Model(finish: Rule("\"session\"", "\"finish forward\"", "¶\"preserve backward\"")), true),
        new("an order of sessions for everything", ModelOrderInsideOneStep,
            Model(finish: Rule("\"everything\"", "¶\"finish forward\"", "\"together\"")), true),
        new("a preserve order where objects are preserved", ModelWithoutPreserveOrder,
            Model(
                preserve: Rule("\"object\"", "\"interleaved\"", "\"chosen\""),
                finish: Rule("\"file\"", "\"finish forward\"", "¶\"preserve backward\"")),
            true),
        new("no document", SyntaxError, "{ \"schema\": ¶}"),
    ];

    private static IEnumerable<ModelText> InText => ModelText.All;

    private static string[] Samples => Directory.GetFiles(RepositoryFiles.In("tests", "samples", "models"));

    [TestCaseSource(nameof(Malformed))]
    public void Each_kind_of_mistake_is_one_problem_with_its_place(MalformedCase malformed)
    {
        MarkedText text = new(malformed.Marked);

        MalformedDocumentException refused = Refusal(text.Bytes);

        Assert.That(refused.Diagnostics.Select(found => found.Code), Is.EqualTo(new[] { malformed.Code }));
        Assert.That(refused.Diagnostics[0].Location, Is.EqualTo(text.Place), refused.Message);
        Assert.That(DiagnosticSentences.WayOut(refused.Diagnostics[0]), Does.EndWith("."));
    }

    [Test]
    public void All_flaws_of_a_model_are_told_at_once()
    {
        string document = Model(
            preserve: Rule("\"session\"", "\"create forward\"", "\"together\""),
            finish: Rule("\"session\"", "\"interleaved\"", "\"together\""));

        MalformedDocumentException refused = Refusal(Encoding.UTF8.GetBytes(document));

        Assert.That(refused.Diagnostics.Select(found => found.Code), Does.Contain(ModelPreserveNotChosen)
            .And.Contain(ModelSessionsWithoutOrder));
    }

    [Test]
    public void A_built_in_model_restated_is_that_model()
    {
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            string sample = RepositoryFiles.In("tests", "samples", "models", model.Name + ".json");
            Assert.That(Read(File.ReadAllBytes(sample)), Is.SameAs(model));
            Assert.That(File.ReadAllBytes(sample), Is.EqualTo(Written(model)), "the writer's own bytes");
        }
    }

    [TestCaseSource(nameof(InText))]
    public void What_is_written_is_read_back(ModelText text)
    {
        LifecycleModel model = text.Kernels.Old.Model;
        LifecycleModel again = Read(Written(model));
        Assert.That((again.Name, again.HasRulesOf(model)), Is.EqualTo((model.Name, true)));
    }

    [TestCaseSource(nameof(Samples))]
    public void Every_sample_is_as_the_writer_writes_it(string sample) =>
        Assert.That(File.ReadAllBytes(sample), Is.EqualTo(Written(Read(File.ReadAllBytes(sample)))));

    [Test]
    public void Members_of_ones_own_are_ignored()
    {
        string document = Model(finish: """
            { "step": "everything", "x-why": 1, "inside": "together", "between": "interleaved" }, "x-more": []
            """);
        Assert.That(
            Read(Encoding.UTF8.GetBytes(document))[Phase.Finish].Unit, Is.EqualTo(StepUnit.Everything));
    }

    [Test]
    public void The_schema_agrees_with_the_reader()
    {
        using TemporaryFolder folder = new();
        MalformedCase[] shown = [.. Malformed.Where(each => each.Code != SyntaxError)];
        string[] wrong = [.. shown.Select((each, i) =>
            folder.Write($"{i}.json", new MarkedText(each.Marked).Bytes))];
        string[] right =
        [
            .. Samples,
            .. ModelText.All.Select(text => folder.Write(
                $"right-{text}.json", Written(text.Kernels.Old.Model))),
        ];

        string[] verdicts = Python.Run(
            RepositoryFiles.In("tests", "GraphOrder.Tests", "Documents", "check_schema.py"),
            [RepositoryFiles.In("src", "GraphOrder", "Documents", Schema), .. right, .. wrong],
            module: "jsonschema");

        Assert.That(verdicts[..right.Length], Is.All.EqualTo("valid"));
        Assert.That(
            shown.Zip(verdicts[right.Length..], (each, verdict) => $"{each.Name}: {verdict}"),
            Is.EqualTo(
                shown.Select(each => $"{each.Name}: {(each.IsSeenBySchema ? "invalid" : "valid")}")));
    }

    internal static byte[] Written(LifecycleModel model)
    {
        using MemoryStream stream = new();
        ModelWriter.Write(stream, model);
        return stream.ToArray();
    }

    private static LifecycleModel Read(byte[] bytes) => ModelReader.Read(new MemoryStream(bytes), "model.json");

    private static MalformedDocumentException Refusal(byte[] bytes) =>
        Assert.Throws<MalformedDocumentException>(() => Read(bytes))!;

    private static string Rule(string step, string between, string inside) =>
        $$"""{ "step": {{step}}, "between": {{between}}, "inside": {{inside}} }""";

    private static string Model(string name = "\"m\"", string preserve = Chosen, string finish = Chosen) => $$"""
        { "schema": "graphorder/model/1", "name": {{name}}, "phases": {
            "preserve": {{preserve}}, "freeze": {{Chosen}}, "unfreeze": {{Chosen}},
            "unpreserve": {{Chosen}}, "retrieve": {{Chosen}}, "finish": {{finish}} } }
        """;
}
