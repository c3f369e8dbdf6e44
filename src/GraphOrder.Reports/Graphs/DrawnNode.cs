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

/// <summary>An arrow of a picture, and how many dependencies it stands for.</summary>
/// <param name="Tail">The node that needs.</param>
/// <param name="Head">The node that is needed.</param>
/// <param name="First">The first dependency that it shows: a position in the graph's list.</param>
internal sealed record DrawnArc(int Tail, int Head, int First)
{
    /// <summary>The phases in which one of them binds.</summary>
    public PhaseSet Phases { get; set; }

    /// <summary>How many dependencies it stands for.</summary>
    public int Count { get; set; }

    /// <summary>Whether each dependency that it shows is soft.</summary>
    public bool IsSoft { get; init; }

    /// <summary>Whether each dependency that it shows is waived in all its phases.</summary>
    public bool IsWaived { get; init; }

    /// <summary>Whether it leads to another session of those that are drawn as one.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Which steps of a closed walk it is; null for none.</summary>
    public string? Walk { get; init; }
}
