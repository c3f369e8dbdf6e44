using System.Globalization;

namespace GraphOrder.Native.Tests;

/// <summary>What the library does to its host; the figures stand in the project's README.</summary>
[TestFixture]
public sealed class MannersTests
{
    // As the header has them.
    private const string Done = "0";
    private const string Stack = "24";
    private const string Forked = "25";
    private const string Host = "26";

    // The signals that the runtime cannot do without: SIGFPE, SIGSEGV, and the first real-time signal.
    private const string Signals = "8 11 34";

    [Test]
    public void It_takes_little_of_the_process()
    {
        ProgramResult footprint = Ask("footprint");

        Assert.That(Number(footprint.Value("VmSize")), Is.LessThan(1150), "MiB");
        Assert.That(Number(footprint.Value("VmRSS")), Is.LessThan(8192), "KiB");
        Assert.That(footprint.Value("signals"), Is.EqualTo(Signals));
        Assert.That(
            footprint.Lines.Where(line => line.StartsWith("thread:")),
            Is.EqualTo(new[] { "thread: .NET Finalizer takes 4 7 8 11 34" }));
    }

    [TestCase(600)]
    [TestCase(1200)]
    public void Too_few_addresses_are_refused_before_the_runtime_starts(int mebibytes) =>
        ExpectRefused(Ask("address-space", $"{mebibytes}"), "RLIMIT_AS");

    // Just above what the guard asks for: it must be enough.
    [TestCase(1290)]
    [TestCase(1300)]
    [TestCase(1350)]
    [TestCase(1500)]
    public void Enough_addresses_are_enough(int mebibytes) =>
        Assert.That(Ask("address-space", $"{mebibytes}").Value("answer"), Is.EqualTo(Done));

    [Test]
    public void A_small_data_segment_is_refused() => ExpectRefused(Ask("data", "900"), "RLIMIT_DATA");

    [Test]
    public void A_large_data_segment_is_enough() =>
        Assert.That(Ask("data", "1300").Value("answer"), Is.EqualTo(Done));

    [Test]
    public void Locked_memory_with_a_small_limit_is_refused() =>
        ExpectRefused(Ask("locked", "8"), "RLIMIT_MEMLOCK");

    [Test]
    public void Locked_memory_without_a_limit_is_served()
    {
        ProgramResult locked = Ask("locked-freely");
        if (locked.Value("answer").StartsWith("cannot"))
        {
            Assert.Ignore("mlockall is not allowed here");
        }

        Assert.That(locked.Value("answer"), Is.EqualTo(Done));
        Assert.That(Number(locked.Value("VmRSS")), Is.LessThan(64), "MiB: what is only laid claim to is not filled");
    }

    [Test]
    public void No_thread_is_refused() => ExpectRefused(Ask("no-threads"), "RLIMIT_NPROC");

    [Test]
    public void No_file_is_a_status()
    {
        ProgramResult answered = Ask("no-files");

        Assert.That(answered.Value("main thread"), Is.EqualTo(Host));
        Assert.That(answered.Value("answer"), Is.EqualTo(Done));
    }

    [Test]
    public void A_signal_that_the_host_uses_is_not_taken_from_it() =>
        Assert.That(Ask("signal-taken").Value("answer"), Is.EqualTo(Host));

    [Test]
    public void Faults_of_the_host_go_to_its_own_handlers() =>
        Assert.That(Ask("own-faults").Value("answer"), Is.EqualTo(Done));

    [Test]
    public void A_forked_child_is_refused_and_its_host_goes_on()
    {
        ProgramResult forked = Ask("forks");

        Assert.That(
            forked.Lines.Where(line => !line.StartsWith("because")),
            Is.EqualTo(new[] { "child: 0", $"child: {Forked}", $"clone: {Forked}" }));
        Assert.That(forked.Value("because"), Does.Contain("forked"));
    }

    [TestCase(16, Stack)]
    [TestCase(64, Stack)]
    [TestCase(112, Done)]
    [TestCase(256, Done)]
    public void A_small_stack_is_refused_and_what_is_let_in_is_enough(int kibibytes, string status) =>
        Assert.That(Ask("stack", $"{kibibytes}").Value("answer"), Is.EqualTo(status));

    [Test]
    public void A_coroutine_is_refused() => Assert.That(Ask("coroutines").Value("answer"), Is.EqualTo(Stack));

    [Test]
    public void Threads_come_and_go_and_leave_nothing()
    {
        ProgramResult many = Ask("many-threads");

        Assert.That(Number(many.Value("VmRSS")), Is.LessThan(8192), "KiB");
        Assert.That(many.Value("Threads"), Is.EqualTo("2"));
    }

    [Test]
    public void It_stays_when_it_is_unloaded() =>
        Assert.That(Ask("unload", Installed.File()).Value("answer"), Is.EqualTo(Done));

    [Test]
    public void A_host_may_end_while_calls_run()
    {
        for (int i = 0; i < 20; i++)
        {
            Ask("end-while-running");
        }
    }

    [Test]
    public void A_processor_that_lacks_the_instructions_is_refused()
    {
        Programs.Demand("valgrind");

        // Valgrind's processor has no AVX-512.
        ProgramResult hidden = Programs.Run(
            "valgrind", ["-q", Programs.Build("manners"), "address-space", "100000"],
            Installed.Environment(Path.GetDirectoryName(Installed.File("x86-64-v4"))));

        ExpectRefused(hidden, "processor");
    }

    [Test]
    public void The_system_calls_are_those_of_the_readme()
    {
        Programs.Demand("strace");
        using Scratch scratch = new();
        string[] idle = SystemCalls(scratch, "idle");
        string[] used = SystemCalls(scratch, "address-space", "100000");
        string readme = File.ReadAllText(Path.Combine(Tool.Root, "src", "GraphOrder.Native", "README.md"));

        string[] more = [.. used.Except(idle)];

        Assert.That(more, Has.Length.GreaterThan(3));
        Assert.That(more.Where(call => !readme.Contains($"`{call}`")), Is.Empty, string.Join(' ', more));
    }

    private static string[] SystemCalls(Scratch scratch, params string[] question)
    {
        string trace = scratch.File("trace");
        Programs.Run(
            "strace", ["-f", "-qq", "-o", trace, Programs.Build("manners"), .. question], Installed.Environment());
        return
        [
            .. File.ReadLines(trace)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Split('(')[0])
                .Where(name => name.Length > 0 && name.All(letter => char.IsAsciiLetterLower(letter)
                    || char.IsAsciiDigit(letter) || letter == '_'))
                .Distinct().Order(StringComparer.Ordinal),
        ];
    }

    private static void ExpectRefused(ProgramResult refused, string because)
    {
        Assert.That(refused.Value("answer"), Is.EqualTo(Host), refused.All);
        Assert.That(refused.Value("because"), Does.Contain(because));
        Assert.That(refused.Value("signals"), Is.Empty, "nothing has changed");
    }

    private static ProgramResult Ask(params string[] question)
    {
        ProgramResult answered = Programs.RunOwn("manners", question);
        Assert.That(answered.ExitCode, Is.Zero, answered.All);
        return answered;
    }

    private static int Number(string text) => int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
