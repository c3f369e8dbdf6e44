namespace GraphOrder;

/// <summary>An object of one session set or graph: its position in document order, from 0 up.</summary>
/// <param name="Index">Dense position. It means nothing in another set or graph.</param>
public readonly record struct ObjectId(int Index)
{
    /// <inheritdoc/>
    public override string ToString() => $"#{Index}";
}
