namespace GraphOrder.Reports;

/// <summary>A node of a picture, and what it stands for.</summary>
internal sealed record DrawnNode
{
    /// <summary>The object or session that it shows; null for objects of a kind, and for the rest.</summary>
    public DependencyEnd? End { get; init; }

    /// <summary>The session in which it is drawn; null outside every one.</summary>
    public SessionId? Home { get; init; }

    /// <summary>The kind whose objects it stands for, where it stands for all of one.</summary>
    public ObjectKind? Kind { get; init; }

    /// <summary>How many sessions, or objects of its kind, it stands for.</summary>
    public int Count { get; set; } = 1;

    /// <summary>How many objects are drawn inside it.</summary>
    public int InsideCount { get; set; }
}
