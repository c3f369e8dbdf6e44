using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace GraphOrder.Mutation;

/// <summary>
/// The tests of an assembly that have certain words in their names, run in this process as often as one
/// likes, one after another on one thread. Not thread-safe.
/// </summary>
internal sealed class SelectedTests
{
    private readonly NUnitTestAssemblyRunner _runner = new(new DefaultTestAssemblyBuilder());
    private TestWatch? _watch;

    /// <summary>Finds them.</summary>
    /// <param name="assembly">The tests.</param>
    /// <param name="words">Names must have one of them, and none behind an exclamation mark.</param>
    public SelectedTests(Assembly assembly, string[] words)
    {
        string[] wanted = Array.FindAll(words, static word => word[0] != '!');
        string[] unwanted = Array.ConvertAll(
            Array.FindAll(words, static word => word[0] == '!'), static word => word[1..]);
        ITest root = _runner.Load(assembly, new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0 });
        AddNames(root, All);
        All.RemoveWhere(name =>
            !Array.Exists(wanted, name.Contains) || Array.Exists(unwanted, name.Contains));
    }

    /// <summary>Their full names.</summary>
    public HashSet<string> All { get; } = [];

    /// <summary>From now on each test is watched while it runs.</summary>
    public void BeWatchedBy(TestWatch watch) => _watch = watch;

    /// <summary>Runs some of them until one fails; its full name, or null where none does.</summary>
    public string? FirstFailure(IReadOnlySet<string> names)
    {
        FailureListener listener = new(_watch, () => _runner.StopRun(force: false));
        _runner.Run(listener, new NameFilter(names));
        return listener.Failed;
    }

    /// <summary>Whether a test passes by now; of what only sets up for tests that cannot be said.</summary>
    public bool IsSound(string name) =>
        All.Contains(name) && FirstFailure(new HashSet<string> { name }) is null;

    /// <summary>Runs all, and tells how many seconds each took.</summary>
    public IEnumerable<KeyValuePair<string, double>> Durations()
    {
        FailureListener listener = new(_watch, static () => { });
        _runner.Run(listener, new NameFilter(All));
        return listener.Seconds;
    }

    private static void AddNames(ITest test, HashSet<string> names)
    {
        if (!test.IsSuite)
        {
            names.Add(test.FullName);
        }

        foreach (ITest inner in test.Tests)
        {
            AddNames(inner, names);
        }
    }

    private sealed class NameFilter(IReadOnlySet<string> names) : TestFilter
    {
        public override bool Match(ITest test) => !test.IsSuite && names.Contains(test.FullName);

        public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode.AddElement("names");
    }

    private sealed class FailureListener(TestWatch? watch, Action stop) : ITestListener
    {
        public string? Failed { get; private set; }

        public Dictionary<string, double> Seconds { get; } = [];

        public void TestStarted(ITest test)
        {
            if (!test.IsSuite)
            {
                watch?.Start(test.FullName);
            }
        }

        // A set-up of many that fails has no test of its own.
        public void TestFinished(ITestResult result)
        {
            if (!result.Test.IsSuite)
            {
                watch?.Stop();
                Seconds[result.Test.FullName] = result.Duration;
            }

            if (Failed is null && result.ResultState.Status == TestStatus.Failed)
            {
                Failed = result.Test.FullName;
                stop();
            }
        }

        public void TestOutput(TestOutput output)
        {
        }

        public void SendMessage(TestMessage message)
        {
        }
    }
}
