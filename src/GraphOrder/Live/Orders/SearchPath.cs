namespace GraphOrder;

/// <summary>
/// The path of a search that goes deep first, and what the search has left behind it: each vertex behind all
/// that was reached from it. Only grows. Not thread-safe.
/// </summary>
internal sealed class SearchPath
{
    private const int LengthFirst = 64;

    private int[] _vertices = new int[LengthFirst];
    private int[] _arcs = new int[LengthFirst];
    private int[] _found = new int[LengthFirst];
    private int _length;

    /// <summary>How many vertices were left behind.</summary>
    public int FoundCount { get; private set; }

    /// <summary>Whether the search has come to its end.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The next arc of the vertex at which the search stands; the search moves it on.</summary>
    public ref int NextArc => ref _arcs[_length - 1];

    /// <summary>A vertex that was left behind, by the order of leaving.</summary>
    public int Found(int index) => _found[index];

    /// <summary>Begins again; keeps so many of those left behind.</summary>
    public void Begin(int keptCount)
    {
        _length = 0;
        FoundCount = keptCount;
    }

    /// <summary>Goes on to a vertex.</summary>
    public void Enter(int vertex, int firstArc)
    {
        if (_length == _vertices.Length)
        {
            Array.Resize(ref _vertices, 2 * _length);
            Array.Resize(ref _arcs, 2 * _length);
        }

        _vertices[_length] = vertex;
        _arcs[_length++] = firstArc;
    }

    /// <summary>Goes back from the vertex at which the search stands.</summary>
    public void Leave()
    {
        if (FoundCount == _found.Length)
        {
            Array.Resize(ref _found, 2 * FoundCount);
        }

        _found[FoundCount++] = _vertices[--_length];
    }
}
