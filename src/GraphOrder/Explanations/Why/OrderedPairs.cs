namespace GraphOrder;

/// <summary>
/// How many of some vertices must go before how many others in a phase, and the shortest walk of all.
/// </summary>
internal readonly record struct OrderedPairs(long Count, bool AreAll, WalkArc[]? Shortest)
{
    /// <summary>Counts. O(V + A) for each of the vertices that go first.</summary>
    public static OrderedPairs Of(
        PhaseArena arena, int[] firsts, int[] thens, CancellationToken cancellation)
    {
        long count = 0;
        int best = int.MaxValue;
        WalkArc[]? shortest = null;
        foreach (int first in firsts)
        {
            cancellation.ThrowIfCancellationRequested();
            ChainTree tree = ChainTree.Of(arena.Graph, [first], arena.IsBackward);
            foreach (int then in thens)
            {
                if (!tree.Reaches(then))
                {
                    continue;
                }

                count++;
                if (tree.DistanceTo(then) < best)
                {
                    best = tree.DistanceTo(then);
                    shortest = tree.WalkTo(then);
                }
            }
        }

        return new OrderedPairs(count, count > 0 && count == (long)firsts.Length * thens.Length, shortest);
    }
}
