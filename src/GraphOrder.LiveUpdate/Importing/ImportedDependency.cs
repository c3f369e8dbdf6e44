namespace GraphOrder.LiveUpdate;

/// <summary>A declared dependency of a set in the making.</summary>
/// <param name="Dependent">What needs the other: an id, or <c>session:NAME</c>.</param>
/// <param name="On">What is needed.</param>
/// <param name="Why">Why; null where nobody says.</param>
internal sealed record ImportedDependency(string Dependent, string On, string? Why)
{
    /// <summary>The phases; empty for all that the format takes where none are named.</summary>
    public IReadOnlyList<Phase> Phases { get; init; } = [];

    /// <summary>Who says so; null where nobody is named.</summary>
    public string? DeclaredBy { get; init; } = "import";

    /// <summary>Whether it may be waived.</summary>
    public bool IsSoft { get; init; }

    /// <summary>What waiving it costs.</summary>
    public long Weight { get; init; } = 1;
}
