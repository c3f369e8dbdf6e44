namespace GraphOrder.Native.Tests;

/// <summary>What the functions do with what they should and should not be given.</summary>
[TestFixture]
public sealed class CallTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("GRAPHORDER_LONG") == "1";

    private static string[] Samples { get; } = [.. Directory.EnumerateFiles(
        Path.Combine(Tool.Root, "tests", "samples"), "*.json", SearchOption.AllDirectories).Order()];

    [Test]
    public void Every_wrong_argument_has_a_status_and_nothing_is_left() => ExpectNothingLeft(
        Programs.RunOwn("calls"));

    [Test]
    public void Threads_may_call_and_close_and_free_what_others_use() => ExpectNothingLeft(
        Programs.RunOwn("races", "tests/samples/session-set.json"));

    [Test]
    public void A_full_heap_is_a_status_and_the_host_lives_on()
    {
        using Scratch scratch = new();
        string set = scratch.File("set.json");
        Tool.Run("generate", "vm-host", "--sessions", "4000", "--output", set);

        ProgramResult filled = Programs.RunOwn("exhaust", set);

        ExpectNothingLeft(filled);
        Assert.That(filled.Output, Does.Contain("of answers, then NO_MEMORY"));
    }

    // The long form: GRAPHORDER_LONG=1, an hour.
    [Test]
    public void Random_calls_give_known_statuses_and_leave_nothing()
    {
        using Scratch scratch = new();
        string seed = IsLong ? $"{Environment.TickCount}" : "6";

        ProgramResult fuzzed = Programs.Run(
            Programs.Build("fuzz"), [seed, IsLong ? "3600" : "5", .. Samples, .. Requests(scratch)],
            Installed.Environment(), millisecondsMax: 3_700_000);

        ExpectNothingLeft(fuzzed);
    }

    [Test]
    public void Valgrind_finds_no_error_and_nothing_lost()
    {
        Programs.Demand("valgrind");
        ProgramResult checkedCalls = Programs.Run(
            "valgrind",
            [
                "-q", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite",
                "--show-leak-kinds=definite", Programs.Build("calls"),
            ],
            Installed.Environment());

        ExpectNothingLeft(checkedCalls);
        Assert.That(checkedCalls.Errors, Is.Empty);
    }

    [Test]
    public void The_address_sanitizer_finds_nothing()
    {
        using Scratch scratch = new();
        Dictionary<string, string> environment = Installed.Environment();
        environment["ASAN_OPTIONS"] = "detect_leaks=0";
        (string Name, string[] Arguments)[] runs =
        [
            ("calls", []), ("races", ["tests/samples/session-set.json"]), ("fuzz", ["7", "3", .. Samples, .. Requests(scratch)]),
        ];
        foreach ((string name, string[] arguments) in runs)
        {
            string program = Programs.Build(name, "-fsanitize=address,undefined", "-fno-sanitize-recover=all");
            ExpectNothingLeft(Programs.Run(program, arguments, environment));
        }
    }

    private static string[] Requests(Scratch scratch) =>
    [
        scratch.Write("declare.json", """
            {"request":"declare","set":{"sessions":[{"name":"vm"}],"objects":[{"id":"a","kind":"memfd","session":"vm"},
            {"id":"b","kind":"memfd","session":"vm"}],"dependencies":[{"dependent":"a","on":"b"}]}}
            """),
        scratch.Write("plan.json", """{"request":"plan","certificate":true}"""),
        scratch.Write("why.json", """{"request":"why","first":"b","then":"a","phase":"finish"}"""),
        scratch.Write("withdraw.json", """{"request":"withdraw","sessions":["vm"]}"""),
        scratch.Write("verify.json", """{"request":"verify","plan":{"schema":"graphorder/plan/1"}}"""),
    ];

    private static void ExpectNothingLeft(ProgramResult result)
    {
        Assert.That(result.ExitCode, Is.Zero, result.All);
        Assert.That(result.Output, Does.Contain("0 live"), result.All);
    }
}
