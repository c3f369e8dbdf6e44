namespace GraphOrder.Mappings;

/// <summary>Where a memfd lies, or what is wrong with what it says of that.</summary>
/// <param name="Layout">The layout; null where it has a flaw.</param>
/// <param name="Flaw">The flaw, in a few words with the memfd's name; null where there is none.</param>
internal sealed record KnownLayout(MemfdLayout? Layout, string? Flaw);
