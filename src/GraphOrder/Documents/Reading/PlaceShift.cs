namespace GraphOrder;

/// <summary>
/// From where a reader believes to be to where it is: values that it did not read have moved it on.
/// </summary>
/// <param name="Believed">A place as it believes; default where it has read everything.</param>
/// <param name="Actual">The same place as it is.</param>
internal readonly record struct PlaceShift(SourceLocation Believed, SourceLocation Actual)
{
    /// <summary>The place that a reader means.</summary>
    public SourceLocation Applied(SourceLocation place) => Moved(place, Believed, Actual);

    /// <summary>What a reader believes a place to be.</summary>
    public SourceLocation Undone(SourceLocation place) => Moved(place, Actual, Believed);

    private static SourceLocation Moved(SourceLocation place, SourceLocation from, SourceLocation to) => new(
        place.Line + to.Line - from.Line,
        place.Line == from.Line ? place.Column + to.Column - from.Column : place.Column);
}
