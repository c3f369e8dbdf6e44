using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GraphOrder.Cli.Tests.Surveys;

[TestFixture]
public sealed class SurveyTests
{
    private const string Fleet = "tests/samples/fleet";
    private const string Ready = "tests/samples/fleet/rack-1/host-a.json";
    private const string Setpriv = "/usr/bin/setpriv";

    [Test]
    public void Hosts_that_cannot_be_updated_are_told_by_cause_and_end_with_1()
    {
        ToolResult text = Tool.Run("survey", Fleet);
        ToolResult json = Tool.Run("survey", Fleet, "--format", "json");

        Assert.That((text.ExitCode, text.Errors), Is.EqualTo((1, "")));
        Assert.That(text.Output, Does.StartWith("NOT READY: 1 of 5 hosts can be updated; 4 cannot, for 3 causes.\n"));
        Assert.That(text.Output, Does.Contain($"graph-order plan {Fleet}/rack-1/host-b.json"));
        Assert.That(json.ExitCode, Is.EqualTo(1));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(
            document.RootElement.GetProperty("schema").GetString(), Is.EqualTo("graphorder/survey/1"));
    }

    [Test]
    public void All_hosts_ready_end_with_0_and_what_is_no_set_is_named()
    {
        using Scratch scratch = new();
        Copy(scratch, "a.json");
        Tool.Run("plan", Ready, "--format", "json", "--output", scratch.File("a.plan.json"));

        ToolResult result = Tool.Run("survey", scratch.Folder);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.StartWith("READY: the only host can be updated.\n"));
        Assert.That(
            result.Output, Does.Contain("1 document that is no session set: a.plan.json (graphorder/plan/1)"));
    }

    [Test]
    public void How_many_run_at_once_changes_nothing()
    {
        string[] asked = ["survey", "tests/samples", "--format", "json", "--jobs"];

        ToolResult alone = Tool.Run([.. asked, "1"]);
        ToolResult many = Tool.Run([.. asked, "8"]);

        Assert.That(alone.Output, Does.Contain("GO3401").And.Contain("GO2001").And.Contain("GO1003"));
        Assert.That(many.Output, Is.EqualTo(alone.Output));
    }

    [Test]
    public void A_model_that_is_named_holds_for_all_and_is_repeated()
    {
        ToolResult result = Tool.Run("survey", Fleet, "--model", "explicit-graph");

        Assert.That(result.Output, Does.StartWith("NOT READY: 3 of 5 hosts").And.Contain("  model    explicit-graph\n"));
        Assert.That(result.Output, Does.Contain("host-e.json --model \\\n"));
    }

    [Test]
    public void What_is_no_folder_of_sets_is_one_sentence_and_ends_with_3()
    {
        using Scratch scratch = new();
        string folder = scratch.Folder;
        Tool.Run("survey", folder).AssertIs(
            3, "", $"graph-order: There is no *.json in '{folder}'. Name a folder of session sets.\n");
        Tool.Run("plan", Ready, "--format", "json", "--output", scratch.File("plan.json"));

        Tool.Run("survey", folder).AssertIs(
            3,
            "",
            $"graph-order: There is no session set in '{folder}': 1 document of other kinds, such as 'plan.json' "
            + "(graphorder/plan/1). Name a folder of session sets.\n");
        Tool.Run("survey", folder + "/none").AssertIs(
            3, "", $"graph-order: There is no folder '{folder}/none'. Check the path.\n");
        Tool.Run("survey", Ready).AssertIs(
            3,
            "",
            $"graph-order: '{Ready}' is a file. Name a folder of session sets, or plan the file alone: graph-order "
            + "plan.\n");
    }

    [Test]
    public void A_wrong_command_line_is_one_sentence()
    {
        Tool.Run("survey").AssertIs(2, "", "graph-order: 'survey' needs DIR. See 'graph-order survey --help'.\n");
        Tool.Run("survey", Fleet, "--jobs", "0").AssertIs(
            2, "", "graph-order: --jobs must lie between 1 and 1024; it is 0.\n");
        Tool.Run("survey", Fleet, "--format", "htm").AssertIs(
            2, "", "graph-order: --format cannot be 'htm'. Did you mean 'html'? Known: text, json, html.\n");
    }

    [Test]
    public void No_host_is_written_over_and_an_older_survey_is()
    {
        using Scratch scratch = new();
        Copy(scratch, "a.json");
        string survey = scratch.File("survey.json");

        ToolResult over = Tool.Run("survey", scratch.Folder, "--output", scratch.File("a.json"));

        Assert.That(over.ExitCode, Is.EqualTo(2));
        Assert.That(over.Errors, Does.Contain("names the input"));
        for (int time = 0; time < 2; time++)
        {
            Tool.Run("survey", scratch.Folder, "--format", "json", "--output", survey).AssertIs(0, "", "");
        }

        // The second one has met the first.
        using JsonDocument second = JsonDocument.Parse(File.ReadAllText(survey));
        Assert.That(
            second.RootElement.GetProperty("leftOut")[0].GetProperty("document").GetString(), Is.EqualTo("survey.json"));
    }

    [Test]
    public void Pipes_links_and_names_that_mean_harm_are_hosts_that_cannot_be_updated()
    {
        using Scratch scratch = new();
        const string fake = "x\nREADY: all.\u001b[32m\u202e.json";
        Copy(scratch, "a.json");
        Copy(scratch, fake);
        RunProgram("mkfifo", scratch.File("pipe.json"));
        File.CreateSymbolicLink(scratch.File("dangling.json"), scratch.File("nothing"));
        File.CreateSymbolicLink(scratch.File("device.json"), "/dev/zero");
        File.CreateSymbolicLink(scratch.File("link.json"), scratch.File("a.json"));
        Directory.CreateSymbolicLink(scratch.File("loop.json"), scratch.Folder);
        Directory.CreateDirectory(scratch.File("sub.json"));
        using (FileStream sparse = File.Create(scratch.File("sub.json/sparse.json")))
        {
            sparse.SetLength(10L << 30);
        }

        Stopwatch time = Stopwatch.StartNew();
        ToolResult text = Tool.Run("survey", scratch.Folder);
        using JsonDocument json = JsonDocument.Parse(Tool.Run("survey", scratch.Folder, "--format", "json").Output);

        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)), "nothing is waited for");
        Assert.That(text.Output, Does.Match("^[ -~\n]*$").And.StartWith("NOT READY: 3 of 7 hosts"));
        Assert.That(
            json.RootElement.GetProperty("hosts").EnumerateArray().Select(host =>
                $"{host.GetProperty("host").GetString()} {host.GetProperty("verdict").GetString()}"),
            Is.EqualTo(new[]
            {
                "a.json ready", "dangling.json unreadable", "device.json unreadable", "link.json ready",
                "pipe.json unreadable", "sub.json/sparse.json malformed", $"{fake} ready",
            }));
        Assert.That(
            json.RootElement.GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("what").GetString()),
            Is.EqualTo(new[]
            {
                "a document that cannot be read: it is no regular file", "not UTF-8",
                "a document that cannot be read: there is no file of this name",
            }));
    }

    [Test]
    public void Names_that_are_no_text_are_named_as_far_as_they_can_be()
    {
        using Scratch scratch = new();
        Copy(scratch, "a.json");
        RunProgram("sh", "-c", $"cd '{scratch.Folder}' && cp a.json \"$(printf 'x\\377.json')\" && cp a.json \"$(printf 'x\\376.json')\"");

        ToolResult result = Tool.Run("survey", scratch.Folder);
        RunProgram("sh", "-c", $"rm '{scratch.Folder}'/x*.json");

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((1, "")));
        Assert.That(result.Output.ReplaceLineEndings(" "), Does.Match("its name is no text in +UTF-8"));
        Assert.That(result.Output, Does.StartWith("NOT READY: 1 of 3 hosts can be updated; 2 cannot, for 1 cause."));
        Assert.That(result.Output, Does.Contain("x\\u{fffd}.json, x\\u{fffd}.json"));
    }

    [TestCase("pipe", "a.json: The document cannot be read: a file that it names is no regular file.")]
    [TestCase("nothing", "7.3.4 has no handler for iommu_domain")]
    public void A_pipe_that_a_set_names_as_an_image_is_not_waited_for(string image, string told)
    {
        using Scratch scratch = new();
        RunProgram("mkfifo", scratch.File("pipe"));
        scratch.Write("a.json", $$"""
            { "schema": "graphorder/session-set/1", "sessions": [ { "name": "s" } ],
              "objects": [ { "id": "d", "kind": "iommu_domain", "session": "s", "pageTable": {
                "format": "vtd-second-stage", "topLevel": 3, "root": "0x1000", "image": "{{image}}" } } ] }
            """);

        ToolResult result = Tool.Run("survey", scratch.Folder);

        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((1, "")));
        Assert.That(result.Output.ReplaceLineEndings(" "), Does.Match(told.Replace(" ", " +")));
    }

    [Test]
    public void What_may_not_be_read_is_named()
    {
        using Scratch scratch = new();
        Copy(scratch, "a.json");
        Copy(scratch, "closed.json");
        string locked = Directory.CreateDirectory(scratch.File("locked")).FullName;
        File.SetUnixFileMode(scratch.Folder, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(scratch.File("closed.json"), UnixFileMode.None);
        File.SetUnixFileMode(locked, UnixFileMode.None);
        if (!File.Exists(Setpriv))
        {
            Assert.Ignore("setpriv (util-linux) is missing");
        }

        string[] asNobody = Environment.UserName == "root"
            ? ["--reuid", "65534", "--regid", "65534", "--clear-groups"]
            : ["--no-new-privs"];
        using Process survey = Tool.Start(null, Setpriv, [.. asNobody, Tool.Path, "survey", scratch.Folder]);
        string output = survey.StandardOutput.ReadToEnd();
        string errors = survey.StandardError.ReadToEnd();
        survey.WaitForExit();
        File.SetUnixFileMode(locked, (UnixFileMode)0x1C0);

        Assert.That(survey.ExitCode, Is.EqualTo(1), errors);
        Assert.That(output, Does.StartWith("NOT READY: 1 of 3 hosts can be updated; 2 cannot"));
        Assert.That(output, Does.Contain("locked/: The document cannot be read: the folder may not be listed."));
        Assert.That(output, Does.Contain("closed.json: The document cannot be read: it may not be read."));
    }

    [Test]
    public void Ctrl_C_ends_it_with_130()
    {
        using Scratch scratch = new();
        Tool.Run("generate", "layered", "--objects", "300000", "--output", scratch.File("0.json"));
        for (int i = 1; i < 100; i++)
        {
            File.CreateSymbolicLink(scratch.File($"{i}.json"), scratch.File("0.json"));
        }

        using Process survey = Tool.Start(null, Tool.Path, "survey", scratch.Folder);
        Task<string> errors = survey.StandardError.ReadToEndAsync();
        Thread.Sleep(1_500);
        Assert.That(NativeMethods.Kill(survey.Id, NativeMethods.Interrupt), Is.Zero);

        Assert.That(survey.WaitForExit(20_000), Is.True);
        Assert.That((survey.ExitCode, errors.Result), Is.EqualTo((130, "graph-order: Cancelled.\n")));
    }

    [Test]
    public void A_page_is_written_and_a_part_of_the_run_is_told()
    {
        ToolResult result = Tool.Run("survey", Fleet, "--format", "html", "--verbose");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.StartWith("<!doctype html>").And.EndWith("</html>\n"));
        Assert.That(result.Errors, Does.Match(@"planning documents: 6 of 6, looking for ways out: \d+\.\d ms\n"));
    }

    private static void Copy(Scratch scratch, string name) =>
        File.Copy(Path.Combine(Tool.Root, Ready), scratch.File(name));

    private static void RunProgram(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, program);
    }

    private static class NativeMethods
    {
        public const int Interrupt = 2;

        [DllImport("libc", EntryPoint = "kill")]
        public static extern int Kill(int process, int signal);
    }
}
