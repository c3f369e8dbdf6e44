namespace GraphOrder;

/// <summary>A place in a document. <c>default</c> is no place.</summary>
/// <param name="Line">Line from 1 up; 0 where there is none.</param>
/// <param name="Column">Column from 1 up, counted in bytes of UTF-8.</param>
public readonly record struct SourceLocation(int Line, int Column)
{
    /// <summary>Whether there is a place.</summary>
    public bool IsKnown => Line > 0;

    /// <inheritdoc/>
    public override string ToString() => IsKnown ? $"{Line}:{Column}" : "";
}
