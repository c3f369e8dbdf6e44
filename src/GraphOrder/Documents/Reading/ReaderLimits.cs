namespace GraphOrder;

/// <summary>
/// What a reader takes at most, so that a hostile document ends in bounded time and memory. Reaching a
/// limit is a diagnostic. Immutable.
/// </summary>
public sealed record ReaderLimits
{
    /// <summary>The limits that hold where nobody says otherwise.</summary>
    public static ReaderLimits Default { get; } = new();

    /// <summary>Greatest depth of nesting.</summary>
    public int NestingMax { get; init; } = 64;

    /// <summary>Greatest length of one string or number, in bytes.</summary>
    public int TokenBytesMax { get; init; } = 1 << 20;

    /// <summary>Greatest number of entries in any one list; of <c>needs</c> in all lists together.</summary>
    public int ListCountMax { get; init; } = 1 << 27;

    /// <summary>Greatest length of a document, in bytes; so lines, columns and counts fit 32 bits.</summary>
    public int DocumentBytesMax { get; init; } = int.MaxValue;
}
