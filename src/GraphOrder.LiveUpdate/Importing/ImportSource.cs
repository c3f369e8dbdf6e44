namespace GraphOrder.LiveUpdate;

/// <summary>A file that is imported. Immutable; the stream belongs to the caller.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record ImportSource(string Name, Stream Bytes);
