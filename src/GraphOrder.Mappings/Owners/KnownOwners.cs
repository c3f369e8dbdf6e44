namespace GraphOrder.Mappings;

/// <summary>The owners of all frames of a set.</summary>
/// <param name="Map">The map.</param>
/// <param name="UnknownCount">How many memfds do not say where they lie.</param>
/// <param name="Flaw">What is wrong with what a memfd says, in a few words; null where nothing is.</param>
internal sealed record KnownOwners(OwnerMap Map, int UnknownCount, string? Flaw)
{
    /// <summary>Whether what is not in the map belongs to no memfd.</summary>
    public bool IsWhole => UnknownCount == 0;
}
