namespace GraphOrder;

/// <summary>A session of one session set or graph: its position in document order, from 0 up.</summary>
/// <param name="Index">Dense position. It means nothing in another set or graph.</param>
public readonly record struct SessionId(int Index)
{
    /// <inheritdoc/>
    public override string ToString() => $"session #{Index}";
}
