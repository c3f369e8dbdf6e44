namespace GraphOrder.Tests.Live;

/// <summary>An <see cref="IncrementalOrder"/> beside the arcs that it should have, and a search for cycles in
/// them that knows nothing of orders.</summary>
internal sealed class BruteOrder(IncrementalOrder order)
{
    private readonly List<int> _vertices = [];
    private readonly List<(int First, int Then, int Arc)> _arcs = [];

    /// <summary>Adds or removes something by chance and compares.</summary>
    /// <returns>False where an arc was refused.</returns>
    public bool Step(Random random, int vertexMax, int arcMax, string seed)
    {
        bool isTaken = true;
        int choice = random.Next(10);
        if (_vertices.Count < 2 || (choice == 0 && _vertices.Count < vertexMax))
        {
            int added = order.AddVertex();
            Assert.That(_vertices, Does.Not.Contain(added), seed);
            _vertices.Add(added);
        }
        else if (choice == 1 && _vertices.Count > 2)
        {
            RemoveVertex(_vertices[random.Next(_vertices.Count)]);
        }
        else if (_arcs.Count >= arcMax || (choice < 4 && _arcs.Count > 0))
        {
            int gone = random.Next(_arcs.Count);
            order.RemoveArc(_arcs[gone].Arc);
            _arcs.RemoveAt(gone);
        }
        else
        {
            int first = _vertices[random.Next(_vertices.Count)];
            int then = _vertices[random.Next(_vertices.Count)];
            bool isFree = !Reaches(then, first);
            isTaken = order.TryAddArc(first, then, out int arc);
            Assert.That(isTaken, Is.EqualTo(isFree), seed);
            if (isTaken)
            {
                _arcs.Add((first, then, arc));
            }
        }

        Assert.That(_arcs.All(arc => order.GoesFirst(arc.First, arc.Then)), Is.True, seed);
        Assert.That((order.VertexCount, order.ArcCount), Is.EqualTo((_vertices.Count, _arcs.Count)), seed);
        return isTaken;
    }

    private void RemoveVertex(int vertex)
    {
        foreach ((int first, int then, int arc) in _arcs.ToArray())
        {
            if (first == vertex || then == vertex)
            {
                order.RemoveArc(arc);
                _arcs.Remove((first, then, arc));
            }
        }

        order.RemoveVertex(vertex);
        _vertices.Remove(vertex);
    }

    private bool Reaches(int start, int goal)
    {
        HashSet<int> seen = [start];
        Queue<int> open = new(seen);
        while (open.TryDequeue(out int vertex))
        {
            foreach ((int first, int then, _) in _arcs)
            {
                if (first == vertex && seen.Add(then))
                {
                    open.Enqueue(then);
                }
            }
        }

        return seen.Contains(goal);
    }
}
