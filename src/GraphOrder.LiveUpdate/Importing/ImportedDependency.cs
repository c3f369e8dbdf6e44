namespace GraphOrder.LiveUpdate;

/// <summary>A declared dependency of a set in the making.</summary>
/// <param name="Dependent">What needs the other: an id, or <c>session:NAME</c>.</param>
/// <param name="On">What is needed.</param>
/// <param name="Why">Why.</param>
internal sealed record ImportedDependency(string Dependent, string On, string Why)
{
    /// <summary>The phases; empty for all that the format takes where none are named.</summary>
    public IReadOnlyList<Phase> Phases { get; init; } = [];
}
