namespace GraphOrder;

/// <summary>The arcs along which waves are counted.</summary>
internal interface IWaveArcs
{
    /// <summary>One of the arcs that leave a vertex or come to it; -1 where there is none.</summary>
    int FirstArc(int vertex, bool isOut);

    /// <summary>The next of them; -1 behind the last.</summary>
    int NextArc(int arc, bool isOut);

    /// <summary>The vertex that an arc leaves, or the one to which it comes, also of one that has just gone.
    /// </summary>
    int EndOf(int arc, bool isOut);

    /// <summary>Whether an arc is there and counts.</summary>
    bool Counts(int arc);

    /// <summary>Whether a vertex is a step, which makes what follows one wave later.</summary>
    bool IsStep(int vertex);

    /// <summary>Whether what follows a vertex is counted from it alone: there waves begin anew.</summary>
    bool IsBorder(int vertex);
}
