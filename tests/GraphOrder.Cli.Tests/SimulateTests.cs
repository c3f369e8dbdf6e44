using System.Text.Json;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Cli.Tests;

[TestFixture]
public sealed class SimulateTests
{
    private const string Set = "tests/samples/microvm.json";
    private const string Hidden = "tests/samples/hidden-map.json";

    [TestCase(Set, "", 0, "HELD: 8 dependencies")]
    [TestCase(Set, "--fail freeze:vm-0002/ram:ENOMEM", 0, "HELD: ")]
    [TestCase(Set, "--fail retrieve:vm-0001/ram", 1, "LOST vm-0001/ram")]
    [TestCase(Set, "--kill-at 17", 1, "BROKEN in step 18: ")]
    [TestCase(Hidden, "", 1, "BROKEN in step 16: vm-01/ram was finished while vm-02/domain")]
    [TestCase("tests/samples/two-vms.json", "--orders 20 --seed 3", 0, "HELD: ")]
    public void It_ends_with_0_only_where_every_dependency_held(
        string set, string options, int exitCode, string verdict)
    {
        ToolResult text = Run(set, options);
        ToolResult json = Run(set, options + " --format json");

        Assert.That((text.ExitCode, json.ExitCode), Is.EqualTo((exitCode, exitCode)), text.Errors);
        Assert.That(text.Output, Does.StartWith(verdict));
        Assert.That(text.Output.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80), text.Output);
        Assert.That(text.Output, Does.Match("^[ -~\n]*$"));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(document.RootElement.GetProperty("schema").GetString(), Is.EqualTo("graphorder/simulation/1"));
    }

    [Test]
    public void A_seed_alone_draws_its_one_order() => Assert.That(
        Run("tests/samples/two-vms.json", "--seed 7 --format json").OutputBytes,
        Is.EqualTo(Run("tests/samples/two-vms.json", "--seed 7 --orders 1 --format json").OutputBytes));

    [Test]
    public void What_it_tells_to_declare_makes_the_set_hold()
    {
        using Scratch scratch = new();
        const string open = """
            { "schema": "graphorder/session-set/1",
              "sessions": [ { "name": "a" }, { "name": "b" } ],
              "objects": [
                { "id": "ram", "kind": "memfd", "session": "a", "bytes": 4096 },
                { "id": "iommufd", "kind": "iommufd", "session": "b" },
                { "id": "ioas", "kind": "ioas", "within": "iommufd",
                  "areas": [ { "iova": "0x0", "bytes": 4096, "file": "ram", "offset": "0x0", "access": "rw" } ] }
              ],
              "dependencies": [
            """;
        string silent = scratch.Write("silent.json", open + "] }");
        ToolResult found = Tool.Run("simulate", silent, "--orders", "20");
        Assert.That(found.ExitCode, Is.EqualTo(1));
        string pasted = found.Output[(found.Output.IndexOf("again\n", StringComparison.Ordinal) + 6)..];

        ToolResult told = Tool.Run("simulate", scratch.Write("told.json", open + pasted + "] }"), "--orders", "20");
        Assert.That(told.ExitCode, Is.Zero, told.Output + told.Errors);
    }

    [Test]
    public void A_plan_that_somebody_made_is_run_as_it_is()
    {
        byte[] plan = Tool.Run("plan", Set, "--format", "json").OutputBytes;
        Assert.That(Tool.RunWith(plan, null, "simulate", Set, "-").ExitCode, Is.Zero);
        Assert.That(Tool.RunWith(plan, null, "simulate", Hidden, "-").ExitCode, Is.EqualTo(2));
    }

    [TestCase("--fail freze:vm-0001/ram", "freze")]
    [TestCase("--fail freeze:vm-0001/rm", "Did you mean 'vm-0001/ram'?")]
    [TestCase("--fail freeze:vm-0001/ram:EFOO", "EFOO is no error number's name")]
    [TestCase("--kill-at 0", "--kill-at takes the number of a step")]
    [TestCase("--model explicit-graph", "simulate knows kernels of Linux; explicit-graph is none")]
    public void A_wrong_command_line_gets_one_sentence(string options, string part)
    {
        ToolResult result = Run(Set, options);
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Errors, Does.Contain(part).And.EndWith("\n"));
        Assert.That(result.Errors.Count(letter => letter == '\n'), Is.EqualTo(1));
    }

    [Test]
    public void What_it_writes_fits_its_schema()
    {
        using Scratch scratch = new();
        string[] ways = ["", "--kill-at 6", "--kill-at 17", "--fail retrieve:vm-0001/ram", "--orders 5"];
        string[] paths =
        [
            .. ways.Select((way, i) => scratch.Write($"{i}.json", Run(Set, way + " --format json").Output)),
            scratch.Write("hidden.json", Run(Hidden, "--orders 3 --format json").Output),
        ];
        string wrong = scratch.Write("wrong.json", Run(Set, "--format json").Output.Replace("finished", "done"));

        string[] verdicts = Python.Run(
            Path.Combine(Tool.Root, "tests/GraphOrder.Tests/Documents/check_schema.py"),
            [Path.Combine(Tool.Root, "src/GraphOrder.LiveUpdate/Rehearsals/simulation.schema.json"), .. paths, wrong],
            module: "jsonschema");

        Assert.That(verdicts[..^1], Has.Length.EqualTo(paths.Length).And.All.EqualTo("valid"));
        Assert.That(verdicts[^1], Is.EqualTo("invalid"));
    }

    private static ToolResult Run(string set, string options) =>
        Tool.Run(["simulate", set, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
}
