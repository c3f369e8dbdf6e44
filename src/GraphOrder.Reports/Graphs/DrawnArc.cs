namespace GraphOrder.Reports;

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
