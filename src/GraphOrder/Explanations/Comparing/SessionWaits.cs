using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Which sessions have to be finished before which, by what binds in the finish phase.</summary>
internal sealed class SessionWaits
{
    // Entering kernel-moved objects once for each path that begins at one could be quadratic.
    private const int KernelMovedEnteredMax = 1_000_000;

    private readonly DependencyGraph _graph;
    private readonly Dictionary<(int Waiting, int First), Dependency> _witnesses = [];
    private int _kernelMovedEntered;

    private SessionWaits(DependencyGraph graph) => _graph = graph;

    /// <summary>All of them, sorted by both sessions in document order.</summary>
    /// <param name="graph">The dependencies.</param>
    /// <param name="isWhole">
    /// False where so many paths run through kernel-moved objects that some were left out.
    /// </param>
    public static ImmutableArray<SessionWait> Of(DependencyGraph graph, out bool isWhole)
    {
        SessionWaits waits = new(graph);
        foreach (Dependency dependency in graph.Dependencies)
        {
            int home = waits.HomeOf(dependency.Dependent);
            if (home >= 0 && dependency.Phases.Contains(Phase.Finish))
            {
                waits.Add(home, dependency);
            }
        }

        isWhole = waits._kernelMovedEntered <= KernelMovedEnteredMax;
        return
        [
            .. waits._witnesses.Select(static entry => new SessionWait(
                    new SessionId(entry.Key.Waiting), new SessionId(entry.Key.First), entry.Value))
                .OrderBy(static wait => wait.Waiting.Index)
                .ThenBy(static wait => wait.First.Index),
        ];
    }

    /// <summary>
    /// The sessions of a longest chain, the first to be finished first. O(S + waits) where the order is one
    /// of finishes; empty where nothing waits.
    /// </summary>
    /// <param name="waits">Who waits for whom.</param>
    /// <param name="finish">The sessions in an order that keeps them.</param>
    public static ImmutableArray<SessionId> LongestChain(
        ImmutableArray<SessionWait> waits, IReadOnlyList<SessionId> finish)
    {
        ILookup<int, int> firstsOf = waits.ToLookup(
            static wait => wait.Waiting.Index, static wait => wait.First.Index);
        Dictionary<int, (int Length, int First)> chains = [];
        int last = -1;
        foreach (SessionId session in finish)
        {
            (int Length, int First) longest = (0, -1);
            foreach (int first in firstsOf[session.Index])
            {
                int length = chains[first].Length + 1;
                longest = length > longest.Length ? (length, first) : longest;
            }

            chains[session.Index] = longest;
            last = longest.Length > (last < 0 ? 0 : chains[last].Length) ? session.Index : last;
        }

        List<SessionId> chain = [];
        for (int session = last; session >= 0; session = chains[session].First)
        {
            chain.Add(new SessionId(session));
        }

        chain.Reverse();
        return [.. chain];
    }

    private int HomeOf(DependencyEnd end) => end.IsSession
        ? end.SessionId.Index
        : _graph.SessionOf(end.ObjectId)?.Index ?? -1;

    private void Add(int first, in Dependency witness)
    {
        Stack<DependencyEnd> ends = new([witness.On]);
        HashSet<DependencyEnd> entered = [];
        while (ends.TryPop(out DependencyEnd end))
        {
            int waiting = HomeOf(end);
            if (waiting >= 0)
            {
                _ = waiting == first || _witnesses.TryAdd((waiting, first), witness);
                continue;
            }

            if (entered.Add(end) && ++_kernelMovedEntered <= KernelMovedEnteredMax)
            {
                foreach (Dependency next in _graph.DependenciesOf(end))
                {
                    if (next.Phases.Contains(Phase.Finish))
                    {
                        ends.Push(next.On);
                    }
                }
            }
        }
    }
}
