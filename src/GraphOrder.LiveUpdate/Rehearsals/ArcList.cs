namespace GraphOrder.LiveUpdate;

/// <summary>What must come before what, and orders drawn by lot that obey it.</summary>
internal sealed class ArcList(int vertexCount)
{
    private readonly List<int>[] _then = new List<int>[vertexCount];
    private readonly int[] _waitsFor = new int[vertexCount];

    /// <summary>The first one comes before the other; on itself it says nothing.</summary>
    public void Add(int first, int then)
    {
        if (first != then)
        {
            (_then[first] ??= []).Add(then);
            _waitsFor[then]++;
        }
    }

    /// <summary>These vertices in an order by lot; null where none obeys.</summary>
    public List<int>? Draw(IReadOnlyList<int> vertices, SplitMix64 numbers)
    {
        int[] waitsFor = [.. _waitsFor];
        List<int> ready = [];
        foreach (int vertex in vertices)
        {
            if (waitsFor[vertex] == 0)
            {
                ready.Add(vertex);
            }
        }

        List<int> drawn = [];
        while (ready.Count > 0)
        {
            int place = numbers.Next(ready.Count);
            int vertex = ready[place];
            ready[place] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
            drawn.Add(vertex);
            foreach (int then in _then[vertex] ?? [])
            {
                if (--waitsFor[then] == 0)
                {
                    ready.Add(then);
                }
            }
        }

        return drawn.Count == vertices.Count ? drawn : null;
    }
}
