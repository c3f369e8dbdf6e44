using System.Text.Json;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Cli.Tests.Completions;

/// <summary>Real, interactive shells load the script, and somebody types into them.</summary>
[TestFixture("bash")]
[TestFixture("zsh")]
[TestFixture("fish")]
[Parallelizable(ParallelScope.None)]
public sealed class ShellTests(string shell)
{
    private const string Set = "tests/samples/two-vms.json";

    // Each would do something, or be taken apart, if a shell read it as it is.
    private static readonly string[] Hostile =
    [
        "a b", "a  b", "say \"x\"", "it's", "$(touch pwned)", "`touch pwned`", "$HOME", "a\\b", "a\\", ";touch pwned",
        "a&b", "a|b", "a>b", "a<b", "*", "?", "[x]", "~", "#c", "!!", "{a,b}", "(x)", "=>", "@freeze", "a:b:c", "'\"'",
        "100%", "^x", "a=b", ":",
    ];

    [OneTimeSetUp]
    public void HasShell()
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, shell)));
        if (!isThere)
        {
            Assert.Ignore($"{shell} is missing");
        }
    }

    [TestCase("compa\t", "compare")]
    [TestCase("plan --form\tj\t", "plan", "--format", "json")]
    [TestCase("plan --format=j\t", "plan", "--format=json")]
    [TestCase("plan --model=linux-n\t", "plan", "--model=linux-next")]
    [TestCase("plan --model linux-7.3:ex\t", "plan", "--model", "linux-7.3:explicit-graph")]
    [TestCase($"plan tests/samples/two-v\t--certif\t", "plan", Set, "--certificate")]
    [TestCase("plan --output=tests/samples/two-v\t", "plan", "--output=tests/samples/two-vms.json")]
    [TestCase($"plan {Set} 2> /dev/nul\t", "plan", Set)]
    [TestCase("explain ru\t", "explain", "rules")]
    [TestCase("generate gpu\t", "generate", "gpu-vm")]
    [TestCase("import luo\t", "import", "luo-memory")]
    [TestCase("bench walk --gran\t16\t", "bench", "walk", "--granule", "16K")]
    [TestCase("completion f\t", "completion", "fish")]
    [TestCase($"why {Set} --phase un\t", "why", Set, "--phase", "un")]
    [TestCase($"why {Set} --phase unf\t", "why", Set, "--phase", "unfreeze")]
    [TestCase($"why {Set} vm-02/ra\tsession:vm-01\t", "why", Set, "vm-02/ram", "session:vm-01")]
    [TestCase($"pins {Set} \"vm-02/n\t", "pins", Set, "vm-02/nic0")]
    [TestCase($"pins {Set} 'session:vm-02\t", "pins", Set, "session:vm-02")]
    [TestCase($"simulate {Set} --fail free\tvm-02/nic\t", "simulate", Set, "--fail", "freeze:vm-02/nic0")]
    [TestCase($"walk x --set {Set} --domain vm-01/d\t", "walk", "x", "--set", Set, "--domain", "vm-01/domain")]
    [TestCase("plan tests/samples/every-member.json --waive vh\t",
        "plan", "tests/samples/every-member.json", "--waive", "vhost=>log")]
    [TestCase("pins tests/samples/the-mail.md x\t", "pins", "tests/samples/the-mail.md", "x")]
    public void A_line_is_completed(string typed, params string[] words) =>
        Assert.That(Type(typed), Is.EqualTo(words));

    [Test]
    public void What_an_id_holds_stays_in_it()
    {
        using Scratch scratch = new();
        string set = scratch.Write("set.json", HostileSet());
        for (int first = 0; first < Hostile.Length; first += 10)
        {
            int end = Math.Min(Hostile.Length, first + 10);
            string[] parts = [.. Enumerable.Range(first, end - first).Select(i => $"--assume-quiet {i:d2}-\t")];

            string[] words = Type($"recover {set} x {string.Concat(parts)}");

            string[] ids = [.. words.Skip(3).Where((_, place) => place % 2 == 1)];
            Assert.That(ids, Is.EqualTo(Hostile[first..end].Select((text, i) => $"{first + i:d2}-{text}")));
        }

        Assert.That(File.Exists(Path.Combine(Tool.Root, "pwned")), Is.False);
    }

    [Test]
    public void What_an_id_holds_stays_in_it_between_quotation_marks()
    {
        using Scratch scratch = new();
        string set = scratch.Write("set.json", HostileSet());
        foreach (char mark in (char[])['\'', '"'])
        {
            // The marks themselves, and what has a meaning between double ones and none between single ones.
            int[] places = shell == "bash" && mark == '"' ? [3, 4, 7] : [2, 3, 4, 7];
            foreach (int i in places)
            {
                Assert.That(
                    Type($"pins {set} {mark}{i:d2}-\t"), Is.EqualTo(["pins", set, $"{i:d2}-{Hostile[i]}"]));
            }
        }
    }

    internal static string HostileSet()
    {
        string[] ids = [.. Hostile.Select((text, i) => $"{i:d2}-{text}"),
            "99-\u001b[31m", "99-a\nb", "99-\u202e", "99-" + new string('x', 10_000)];
        return JsonSerializer.Serialize(new
        {
            schema = "graphorder/session-set/1",
            sessions = new[] { new { name = "vm" } },
            objects = ids.Select((id, i) => new { id, kind = "memfd", session = "vm", token = $"{i + 1}" }),
        });
    }

    private string[] Type(string typed)
    {
        using Scratch scratch = new();
        string script = scratch.Write("graph-order.sh", Tool.Run("completion", shell).Output);
        string helper = Path.Combine(
            Tool.Root, "tests", "GraphOrder.Cli.Tests", "Completions", "type_in_shell.py");
        Environment.CurrentDirectory = Tool.Root;
        string[] lines = Python.Run(helper, [shell, script, Tool.Path, "graph-order " + typed]);
        string[] words = JsonSerializer.Deserialize<string[]>(lines[^1])!;
        Assert.That(words[0], Is.EqualTo("graph-order"));
        return words[1..];
    }
}
