namespace GraphOrder;

/// <summary>
/// What a dependency says beyond its ends, place and phases; most say none of it, and entries that say the
/// same share one. Immutable.
/// </summary>
/// <param name="DeclaredBy">Who declared it.</param>
/// <param name="Why">The reason.</param>
/// <param name="Weight">What waiving it costs.</param>
internal sealed record DependencyWords(string? DeclaredBy, string? Why, long Weight = 1)
{
    /// <summary>These words; null where they say nothing.</summary>
    public static DependencyWords? Of(string? declaredBy, string? why, long weight = 1) =>
        declaredBy is null && why is null && weight == 1 ? null : new(declaredBy, why, weight);
}
