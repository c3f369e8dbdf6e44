using System.Globalization;
using System.Reflection;
using GraphOrder.Mutation;

// Started by judge.py among the files of the tests: TESTS CHANGED NUMBER|- TIMES [WORD | !WORD]...
// These are the assemblies of the tests and of the changes; a change that is on from the start; the file
// that keeps how long each test takes, written by the first that has measured it; and the tests whose names
// have one of the words, and no !WORD. Without such a change it reads numbers of changes, a line each. It
// answers "survived", or "killed" with the test, "timeout" with the test that took too long, after which it
// ends, or "spoiled" where a test fails without the change as well by then. Started by build.py: quicken
// ASSEMBLY.
if (args[0] == "quicken")
{
    QuickCode.Write(args[1]);
    return;
}

ChangeSwitch changes = new(Assembly.Load(args[1]));
SelectedTests tests = new(Assembly.Load(args[0]), args[4..]);
string times = args[3];
if (int.TryParse(args[2], CultureInfo.InvariantCulture, out int only))
{
    changes.Active = only;
    Say(tests.FirstFailure(tests.All) is { } noticing ? $"killed {noticing}" : "survived");
    return;
}

if (!File.Exists(times))
{
    // The first time compiles their code, the second tells how long they take from then on.
    if (tests.FirstFailure(tests.All) is { } failing)
    {
        Say($"failing {failing}");
        return;
    }

    TestTimes.Write(times, tests.Durations());
}

TestTimes usual = TestTimes.Read(times);
HashSet<string> quickest = usual.Quickest(0.1);
using TestWatch watch = new(usual, static name =>
{
    Say($"timeout {name}");
    Environment.Exit(0);
});
tests.BeWatchedBy(watch);
Say(string.Create(CultureInfo.InvariantCulture, $"ready {tests.All.Count} {1000 * usual.Sum:F0}"));
while (Console.ReadLine() is { } line)
{
    changes.Active = int.Parse(line, CultureInfo.InvariantCulture);
    string? failed = tests.FirstFailure(quickest) ?? tests.FirstFailure(tests.All);
    changes.Active = ChangeSwitch.None;
    Say(failed is null ? "survived"
        : tests.IsSound(failed) ? $"killed {failed}"
        : $"spoiled {failed}");
}

// On a line of its own: tests may write to the console as well.
static void Say(string answer) => Console.Out.WriteLine($"\n@ {answer}");
