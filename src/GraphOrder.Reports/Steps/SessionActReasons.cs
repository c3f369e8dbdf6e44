using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>
/// In a phase that is called session by session: which steps an act waits for, and which acts the step of a
/// session waits for. O(dependencies) to make. Immutable.
/// </summary>
internal sealed class SessionActReasons
{
    private const int NumbersMax = 6;

    private readonly Dictionary<DependencyEnd, SortedSet<int>> _earlier = [];

    /// <param name="graph">The dependencies.</param>
    /// <param name="run">The step numbers.</param>
    /// <param name="binding">What binds.</param>
    /// <param name="phase">The phase.</param>
    public SessionActReasons(DependencyGraph graph, RunSteps run, BindingPhases binding, Phase phase)
    {
        bool isNeededFirst = phase.NeededGoesFirst();
        foreach (Dependency dependency in graph.Dependencies)
        {
            bool isOfAct = IsAct(graph, dependency.Dependent) || IsAct(graph, dependency.On);
            if (isOfAct && binding.Of(dependency).Contains(phase)
                && StepOf(graph, isNeededFirst ? dependency.On : dependency.Dependent) is { } first
                && StepOf(graph, isNeededFirst ? dependency.Dependent : dependency.On) is { } then)
            {
                int number = first.IsSession
                    ? run.Of(phase, first.SessionId)
                    : run.Of(phase, first.ObjectId);
                if (!_earlier.TryGetValue(then, out SortedSet<int>? numbers))
                {
                    _earlier.Add(then, numbers = []);
                }

                numbers.Add(number);
            }
        }
    }

    /// <summary>The reason of an act, or of a session's step; empty where there is none.</summary>
    public string Of(DependencyEnd end) => _earlier.TryGetValue(end, out SortedSet<int>? numbers)
        ? string.Create(
            CultureInfo.InvariantCulture, $"needs {NumberRuns.Of([.. numbers], ", ", NumbersMax)}")
        : "";

    private static bool IsAct(DependencyGraph graph, DependencyEnd end) =>
        !end.IsSession && graph[end.ObjectId].Act is not null;

    // The act itself, or the session that moves as a whole.
    private static DependencyEnd? StepOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession || IsAct(graph, end) ? end
        : graph.SessionOf(end.ObjectId) is { } session ? (DependencyEnd)session
        : null;
}
