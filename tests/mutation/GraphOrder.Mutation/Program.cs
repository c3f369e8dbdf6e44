using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using GraphOrder.Mutation;

// Started by judge.py among the files of the tests: TESTS CHANGED NUMBER|- [WORD | !WORD]...
// These are the assemblies of the tests and of the changes; a change that is on from the start; and the
// tests whose names have one of the words, and no !WORD. Without such a change it reads numbers of changes,
// a line each. It answers "survived", or "killed" with the test, or "spoiled" where that test fails without
// the change as well by then. Started by build.py: quicken ASSEMBLY.
if (args[0] == "quicken")
{
    QuickCode.Write(args[1]);
    return;
}

ChangeSwitch changes = new(Assembly.Load(args[1]));
bool isOfOne = int.TryParse(args[2], CultureInfo.InvariantCulture, out int only);
changes.Active = isOfOne ? only : ChangeSwitch.None;
SelectedTests tests = new(Assembly.Load(args[0]), args[3..]);
string? failed = tests.FirstFailure(tests.All);
if (isOfOne)
{
    Say(failed is null ? "survived" : $"killed {failed}");
    return;
}

// How long they take once their code is compiled.
Stopwatch watch = Stopwatch.StartNew();
HashSet<string> quickest = tests.Quickest(0.1);
Say(failed is null ? $"ready {tests.All.Count} {watch.ElapsedMilliseconds}" : $"failing {failed}");
while (Console.ReadLine() is { } line)
{
    changes.Active = int.Parse(line, CultureInfo.InvariantCulture);
    failed = tests.FirstFailure(quickest) ?? tests.FirstFailure(tests.All);
    changes.Active = ChangeSwitch.None;
    Say(failed is null ? "survived"
        : tests.IsSound(failed) ? $"killed {failed}"
        : $"spoiled {failed}");
}

// On a line of its own: tests may write to the console as well.
static void Say(string answer) => Console.Out.WriteLine($"\n@ {answer}");
