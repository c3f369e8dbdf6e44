using System.Diagnostics;
using System.Text.RegularExpressions;

namespace GraphOrder.LiveUpdate;

/// <summary>Random calls, two simulators against each other: what differs is found and made short.</summary>
[TestFixture]
public sealed partial class TortureTests
{
    private const int Length = 60;

    [Test]
    public void Two_equal_processes_never_differ()
    {
        TortureResult result = Run(Simulator, Simulator, 300);

        Assert.That(result.Finding, Is.Null);
        Assert.That(result.RoundCount, Is.EqualTo(300));
        Assert.That(result.CallCount, Is.GreaterThan(300 * Length));
    }

    // The call that answers wrongly and what it needs: no single one can be left out.
    [TestCase(Errno.Exists, Errno.Busy, 5)]
    [TestCase(Errno.Busy, Errno.Exists, 6)]
    [TestCase(Errno.NoEntry, Errno.Invalid, 2)]
    [TestCase(Errno.TooBig, Errno.None, 3)]
    [TestCase(Errno.WrongCall, Errno.Invalid, 2)]
    [TestCase(Errno.BadAddress, Errno.Invalid, 2)]
    public void A_process_with_one_thing_wrong_is_found_and_made_short(Errno said, Errno instead,
        int callsMax)
    {
        TortureResult result = Run(Simulator, () => new BrokenCalls(Simulator(), said, instead), 500);

        Assert.That(result.Finding, Is.Not.Null);
        Assert.That(result.Finding!.CallCount, Is.LessThanOrEqualTo(callsMax), result.Finding.Program);
        Assert.That(result.Finding.First, Is.EqualTo(said.Name()));
        Assert.That(result.Finding.Second, Is.EqualTo(instead.Name()));
    }

    [Test]
    public void The_same_seed_makes_the_same_calls_and_another_one_others()
    {
        List<TortureCall> once = TortureSequence.Make(7, Length);

        Assert.That(TortureSequence.Make(7, Length), Is.EqualTo(once));
        Assert.That(TortureSequence.Make(8, Length), Is.Not.EqualTo(once));
    }

    [Test]
    public void Every_kind_of_call_is_made_and_every_request_both_succeeds_and_fails()
    {
        HashSet<TortureKind> kinds = [];
        Dictionary<uint, HashSet<Errno>> answers = [];
        for (int round = 0; round < 300; round++)
        {
            ulong seed = TortureRun.SeedOf(1, round);
            SimulatedKernel kernel = Kernel();
            List<TortureCall> calls = TortureSequence.Make(seed, Length);
            Do(kernel.StartProcess(), round, calls, kinds, answers);
            SimulatedProcess agent = Load(kernel);
            Assert.That(agent.Jump().IsDone);
            Do(
                kernel.Next!.StartProcess(), round, TortureSequence.MakeNext(seed, Length, calls), kinds,
                answers);
        }

        Assert.That(kinds, Is.EquivalentTo(Enum.GetValues<TortureKind>()));
        foreach (uint request in TortureWords.Requests.Take(6))
        {
            Assert.That(answers[request], Does.Contain(Errno.None).And.Contain(Errno.Invalid), $"{request:x}");
            Assert.That(answers[request], Has.Count.GreaterThan(3), $"{request:x}");
        }
    }

    [Test]
    public void What_is_found_is_a_program_that_compiles_and_sees_the_same()
    {
        DemandCompiler();
        int compared = 0;
        for (int round = 0; round < 12; round++)
        {
            List<TortureCall> calls = TortureSequence.Make(TortureRun.SeedOf(3, round), Length);
            List<TortureAnswer> ours = [];
            TortureExecutor executor = new(new LinuxCalls(), round);
            calls.ForEach(call => ours.Add(executor.Do(call)));
            executor.CloseAll();
            string output = CompileAndRun(TortureProgram.Write(new(calls, ours[^1], ours[^1]), 3, round));

            MatchCollection said = AnswerLine().Matches(output);
            Assert.That(said, Has.Count.EqualTo(calls.Count), output);
            for (int i = 0; i < calls.Count; i++)
            {
                string error = said[i].Groups["error"].Value;
                Assert.That(
                    error.Length == 0 ? Errno.None : (Errno)int.Parse(error),
                    Is.EqualTo(ours[i].Error), $"round {round}: {said[i].Value}");
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(12 * Length));
    }

    [Test]
    public void It_stops_when_its_time_is_over_or_it_is_cancelled()
    {
        TortureOptions options = new() { TimeMax = TimeSpan.FromMilliseconds(1) };
        TortureResult result = TortureRun.Run(Simulator, Simulator, options, TimeProvider.System, default);
        Assert.That(result.RoundCount, Is.GreaterThan(0));
        Assert.That(
            () => TortureRun.Run(Simulator, Simulator, options, TimeProvider.System, new(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [GeneratedRegex(@"^ *\d+ .*: -?\d+(?: errno (?<error>\d+) .*)?$", RegexOptions.Multiline)]
    private static partial Regex AnswerLine();

    private static TortureResult Run(Func<ISystemCalls> first, Func<ISystemCalls> second, int rounds) =>
        TortureRun.Run(
            first, second, new TortureOptions { RoundsMax = rounds, Length = Length }, TimeProvider.System,
                default);

    private static SimulatedKernel Kernel() => new();

    private static SimulatedProcess Simulator() => Kernel().StartProcess();

    private static SimulatedProcess Load(SimulatedKernel kernel)
    {
        kernel.PlaceFile("/kernel", "k"u8);
        SimulatedProcess agent = kernel.StartProcess();
        int image = agent.Open("/kernel"u8, OpenModes.ReadOnly).Descriptor;
        Assert.That(agent.LoadKernel(image, -1, "quiet"u8).IsDone);
        return agent;
    }

    private static void Do(
        SimulatedProcess process,
        int round,
        List<TortureCall> calls,
        HashSet<TortureKind> kinds,
        Dictionary<uint, HashSet<Errno>> answers)
    {
        TortureExecutor executor = new(process, round);
        foreach (TortureCall call in calls)
        {
            TortureAnswer answer = executor.Do(call);
            kinds.Add(call.Kind);
            if (call.Kind == TortureKind.Control)
            {
                uint request = TortureWords.Requests[call.Pick];
                answers.TryAdd(request, []);
                answers[request].Add(answer.Error);
            }
        }
    }

    private static void DemandCompiler()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "gcc"))))
        {
            Assert.Ignore("gcc is missing");
        }
    }

    private static string CompileAndRun(string program)
    {
        string folder = Directory.CreateTempSubdirectory("graph-order-torture-").FullName;
        try
        {
            string source = Path.Combine(folder, "torture.c");
            string binary = Path.Combine(folder, "torture");
            File.WriteAllText(source, program);
            string said = Run("gcc", ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-o", binary, source]);
            Assert.That(said, Is.Empty, program);
            return Run(binary, []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return output + errors.Result;
    }
}
