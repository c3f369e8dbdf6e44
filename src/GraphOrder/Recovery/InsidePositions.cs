using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// In which place each file was preserved, as far as that is known: from a plan that covers all files, or
/// from what the set says of the kernel's own list of a session. Immutable.
/// </summary>
internal sealed class InsidePositions
{
    private readonly DependencyGraph _graph;
    private readonly int[] _placeOf;

    /// <summary>The places of a plan's preserve steps; without a plan those that the set itself tells.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="preserve">The preserve steps of a plan for this set; null where there is none.</param>
    public InsidePositions(DependencyGraph graph, PhaseSteps? preserve)
    {
        _graph = graph;
        _placeOf = new int[graph.ObjectCount];
        Array.Fill(_placeOf, -1);
        AddWholeLists();
        for (int step = 0; step < (preserve?.Count ?? 0); step++)
        {
            if (graph.Set.TryFind(preserve![step].ObjectName ?? "", out ObjectId file))
            {
                _placeOf[file.Index] = step;
            }
        }
    }

    /// <summary>
    /// Where an object moves inside its session in a phase: smaller is earlier; null where nobody knows.
    /// </summary>
    public int? Of(PhaseRule rule, ObjectId id)
    {
        int place = _graph.FileOf(id) is { } file ? _placeOf[file.Index] : -1;
        return place < 0 ? null : rule.Inside == InsideSession.PreserveBackward ? -place : place;
    }

    /// <summary>
    /// Each file of a session and the one that moves just before it: waits that the order inside sessions
    /// makes by itself.
    /// </summary>
    public IEnumerable<(int Waiter, int Awaited)> Chains(PhaseRule rule)
    {
        int last = -1;
        foreach (int file in Enumerable.Range(0, _graph.ObjectCount)
            .Where(id => _graph.Set.Objects[id].IsFile)
            .OrderBy(id => _graph.Set.Objects[id].Session!.Value.Index)
            .ThenBy(id => Of(rule, new ObjectId(id)) ?? int.MaxValue))
        {
            if (last >= 0 && _graph.Set.Objects[last].Session == _graph.Set.Objects[file].Session)
            {
                yield return (file, last);
            }

            last = file;
        }
    }

    private void AddWholeLists()
    {
        int[] fileCount = new int[_graph.SessionCount];
        foreach (PreservedObject found in _graph.Set.Objects)
        {
            if (found.Session is { } own)
            {
                fileCount[own.Index]++;
            }
        }

        for (int session = 0; session < _graph.SessionCount; session++)
        {
            ImmutableArray<ObjectId> preserved = _graph.Set.Sessions[session].Preserved;
            for (int place = 0; place < preserved.Length && preserved.Length == fileCount[session]; place++)
            {
                _placeOf[preserved[place].Index] = place;
            }
        }
    }
}
