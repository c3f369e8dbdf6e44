namespace GraphOrder;

/// <content>The arcs as they are, for those who search along them. Numbers are not checked.</content>
public sealed partial class IncrementalOrder
{
    /// <summary>What follows the last arc of a vertex.</summary>
    internal const int NoArc = None;

    /// <summary>Adds a vertex that says what it stands for; 0 for nothing. O(1).</summary>
    internal int AddVertex(int tag)
    {
        int vertex = AddVertex();
        _vertices[vertex].Tag = tag;
        return vertex;
    }

    /// <summary>What a vertex stands for; 0 for nothing, and where there is no such vertex.</summary>
    internal int TagOf(int vertex) =>
        vertex < _vertices.Count && HasVertex(vertex) ? _vertices[vertex].Tag : 0;

    /// <summary>The place of a vertex: lower goes first.</summary>
    internal long PlaceOf(int vertex) => _vertices[vertex].Key;

    /// <summary>One of the arcs that leave a vertex, or that come to it.</summary>
    internal int FirstArcOf(int vertex, bool isOut) =>
        isOut ? _vertices[vertex].FirstOut : _vertices[vertex].FirstIn;

    /// <summary>The next of the arcs that leave the same vertex, or that come to it.</summary>
    internal int NextArc(int arc, bool isOut) => isOut ? _arcs[arc].NextOut : _arcs[arc].NextIn;

    /// <summary>The other end of an arc that leaves a vertex, or that comes to it.</summary>
    internal int OtherEnd(int arc, bool isOut) => isOut ? _arcs[arc].Then : _arcs[arc].First;

    /// <summary>All numbers of vertices that there ever were are below it.</summary>
    internal int VertexRoom => _vertices.Count;

    /// <summary>All numbers of arcs that there ever were are below it.</summary>
    internal int ArcRoom => _arcs.Count;

    /// <summary>Whether there is a vertex of a number.</summary>
    internal bool HasVertex(int vertex) => _vertices[vertex].Key != FreeKey;

    /// <summary>Whether there is an arc of a number.</summary>
    internal bool HasArc(int arc) => _arcs[arc].First != None;
}
