using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// Which steps an act of finish waits for, and which acts the finish of a session waits for: what needs goes
/// first there. O(dependencies) to make. Immutable.
/// </summary>
internal sealed class FinishActReasons
{
    private const int NumbersMax = 6;

    private readonly Dictionary<DependencyEnd, SortedSet<int>> _earlier = [];

    public FinishActReasons(DependencyGraph graph, RunSteps run, BindingPhases binding)
    {
        foreach (Dependency dependency in graph.Dependencies)
        {
            bool isOfAct = IsAct(graph, dependency.Dependent) || IsAct(graph, dependency.On);
            if (isOfAct && binding.Of(dependency).Contains(Phase.Finish)
                && StepOf(graph, dependency.Dependent) is { } first
                && StepOf(graph, dependency.On) is { } then)
            {
                int number = first.IsSession
                    ? run.FinishOf(first.SessionId)
                    : run.Of(Phase.Preserve, first.ObjectId);
                if (!_earlier.TryGetValue(then, out SortedSet<int>? numbers))
                {
                    _earlier.Add(then, numbers = []);
                }

                numbers.Add(number);
            }
        }
    }

    /// <summary>The reason of an act, or of a session's finish; empty where there is none.</summary>
    public string Of(DependencyEnd end) => _earlier.TryGetValue(end, out SortedSet<int>? numbers)
        ? string.Create(
            CultureInfo.InvariantCulture, $"needs {NumberRuns.Of([.. numbers], ", ", NumbersMax)}")
        : "";

    private static bool IsAct(DependencyGraph graph, DependencyEnd end) =>
        !end.IsSession && graph[end.ObjectId].Act is not null;

    // The act itself, or the session that is finished as a whole.
    private static DependencyEnd? StepOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession || IsAct(graph, end) ? end
        : graph.SessionOf(end.ObjectId) is { } session ? (DependencyEnd)session
        : null;
}
