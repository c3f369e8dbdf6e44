namespace GraphOrder.Cli.Tests;

/// <summary>Whatever takes a name says which one was probably meant.</summary>
[TestFixture]
public sealed class MeantTests
{
    private const string Set = "tests/samples/two-vms.json";
    private const string Soft = "tests/samples/every-member.json";

    [TestCase("format", "json", "plan", Set, "--format", "jsno")]
    [TestCase("format", "json", "compare", Set, "--format", "jsn")]
    [TestCase("model", "linux-7.3", "plan", Set, "--model", "linux-73")]
    [TestCase("next model", "linux-next", "plan", Set, "--model", "linux-7.3:linux-nxt")]
    [TestCase("model of models", "explicit-graph", "models", "explicit-grap")]
    [TestCase("phase", "unfreeze", "why", Set, "vm-01/ram", "vm-02/ram", "--phase", "unfreze")]
    [TestCase("phase that fails", "freeze", "simulate", Set, "--fail", "freze:vm-01/ram")]
    [TestCase("error number", "ENOMEM", "simulate", Set, "--fail", "freeze:vm-01/ram:ENOMME")]
    [TestCase("file that fails", "vm-01/ram", "simulate", Set, "--fail", "freeze:vm-01/ran")]
    [TestCase("code", "GO2003", "explain", "GO203")]
    [TestCase("code in small letters", "GO2003", "explain", "go20003")]
    [TestCase("topic", "rules", "explain", "rulse")]
    [TestCase("accepted code", "GO4201", "apply", "-", "--set", Set, "--custody", "luod", "--accept", "GO42O1")]
    [TestCase("custody", "systemd", "apply", "-", "--set", Set, "--custody", "sytemd")]
    [TestCase("shape", "vm-host", "generate", "vm-hots")]
    [TestCase("shape of bench", "microvm", "bench", "plan", "--shape", "micrvm")]
    [TestCase("table", "x86-64", "walk", "tests/samples/sound-map.img", "--root", "0", "--table", "x8664", "--top-level", "3")]
    [TestCase("granule", "16K", "walk", "tests/samples/sound-map.img", "--root", "0", "--table", "arm-lpae-s1",
        "--top-level", "3", "--granule", "16k")]
    [TestCase("shell", "zsh", "completion", "zhs")]
    [TestCase("command", "compare", "compar", Set)]
    [TestCase("command below", "luo-memory", "import", "luo-memori")]
    [TestCase("id", "vm-01/ram", "pins", Set, "vm-01/rma")]
    [TestCase("session", "session:vm-01", "pins", Set, "session:vm01")]
    [TestCase("quiet id", "vm-01/ram", "recover", Set, "tests/samples/states/two-vms.all-held.json", "--assume-quiet", "vm-01/rm")]
    [TestCase("domain", "vm-01/domain", "walk", "tests/samples/sound-map.img", "--set", Set, "--domain", "vm-01/domian")]
    [TestCase("waived dependent", "vhost", "plan", Soft, "--waive", "vhots=>log")]
    [TestCase("waived on", "log", "finish", Soft, "--waive", "vhost=>logg")]
    [TestCase("waived in check", "vhost", "check", Soft, "--waive", "vhst=>log@freeze")]
    public void A_value_is_known(string what, string meant, params string[] arguments)
    {
        ToolResult result = Tool.Run(arguments);

        Assert.That(result.ExitCode, Is.EqualTo(2), $"{what}: {result.Errors}");
        Assert.That(result.Output, Is.Empty, what);
        Assert.That(result.Errors, Does.Contain($"Did you mean '{meant}'?").And.EndsWith("\n"), what);
        Assert.That(result.Errors.Count(character => character == '\n'), Is.EqualTo(1), what);
    }

    /// <summary>The tree of commands as a shell sees it, so that nothing can be forgotten here.</summary>
    [Test]
    public void Every_command_and_option_is_known_by_a_misspelt_name()
    {
        int commands = 0;
        HashSet<string> options = [];
        Queue<string[]> waiting = new([[]]);
        while (waiting.TryDequeue(out string[]? path))
        {
            foreach (string below in Complete(path, ""))
            {
                // What a command takes as an argument stands here too, and has no help of its own.
                if (path.Length < 2 && Tool.Run([.. path, below, "--help"]) is { ExitCode: 0 } help
                    && help.Output.Contains($"graph-order {string.Join(' ', [.. path, below])} ", StringComparison.Ordinal))
                {
                    waiting.Enqueue([.. path, below]);
                    commands++;
                }
            }

            string[] names = [.. Complete(path, "--")];
            Assert.That(names, Is.SupersetOf(["--help", "--quiet", "--verbose"]), string.Join(' ', path));
            foreach (string name in names.Where(options.Add))
            {
                string misspelt = name + "x";
                ToolResult result = Tool.Run([.. path, misspelt]);
                Assert.That(result.ExitCode, Is.EqualTo(2), misspelt);
                Assert.That(
                    result.Errors, Does.Contain($"Did you mean '{name}'?"), $"{string.Join(' ', path)} {misspelt}");
            }
        }

        Assert.That(commands, Is.GreaterThan(30));
        Assert.That(options, Has.Count.GreaterThan(80));
    }

    [Test]
    public void A_death_behind_the_end_and_no_orders_are_wrong_command_lines()
    {
        Tool.Run("simulate", Set, "--kill-at", "99").AssertIs(
            2, "", "graph-order: --kill-at cannot be 99: the run ends with step 23.\n");
        Tool.Run("simulate", Set, "--orders", "0").AssertIs(
            2, "", "graph-order: --orders takes a number of orders, from 1 up.\n");
    }

    [Test]
    public void What_is_lost_is_told_first_and_ends_with_1()
    {
        ToolResult result = Tool.Run("simulate", Set, "--fail", "retrieve:vm-01/ram");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output);
        Assert.That(result.Output, Does.StartWith("LOST vm-01/ram: "));
        Assert.That(result.Output, Does.Contain("\nLOST        vm-01/ram\n"));
    }

    [Test]
    public void A_limit_says_what_it_takes() => Tool.Run("serve", "--socket", "/tmp/x", "--max-connections", "0").AssertIs(
        2, "", "graph-order: --max-connections cannot be '0'. Give 1 or more. See 'graph-order serve --help'.\n");

    [Test]
    public void A_dry_run_looks_at_the_journal_the_program_and_the_holder()
    {
        string[] apply = ["apply", "no-plan", "--set", Set, "--custody", "luod", "--dry-run"];

        Assert.That(
            Tool.Run([.. apply, "--journal", "/tmp"]).Errors, Does.Contain("'/tmp' is a folder"));
        Assert.That(
            Tool.Run([.. apply, "--act", "/no-such-program"]).Errors, Does.Contain("no program that can be run"));
        Assert.That(
            Tool.Run([.. apply, "--holder", "2147483647"]).Errors,
            Is.EqualTo("graph-order: --holder names process 2147483647, and there is none. Give the process that holds "
                + "the sessions.\n"));
    }

    private static IEnumerable<string> Complete(string[] path, string typed) =>
        Tool.Run(["[complete]", "zsh", typed, .. path]).Output.Split('\n').Skip(1)
            .Select(line => line.Split('\t')[0]).Where(value => value.Length > 0);
}
