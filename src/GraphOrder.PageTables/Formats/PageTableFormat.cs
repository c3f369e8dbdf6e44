namespace GraphOrder.PageTables;

/// <summary>A format as a value, for those who learn at run time which one it is. Immutable.</summary>
public abstract class PageTableFormat
{
    private protected PageTableFormat()
    {
    }

    /// <summary>What a person is told of it.</summary>
    public abstract FormatDescription Description { get; }

    /// <summary>Level of the root where the format allows only one, else null.</summary>
    public abstract int? OnlyTopLevel { get; }

    /// <summary>Whether a root may have this level.</summary>
    public abstract bool Allows(int topLevel);

    /// <summary>Calls a visitor with the format as its type argument.</summary>
    /// <param name="visitor">The visitor.</param>
    public abstract TResult Accept<TResult>(IFormatVisitor<TResult> visitor);
}
