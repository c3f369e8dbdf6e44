namespace GraphOrder;

/// <summary>What a request may cost at most. Immutable.</summary>
public sealed record RequestLimits
{
    /// <summary>The limits that hold where nobody says otherwise.</summary>
    public static RequestLimits Default { get; } = new();

    /// <summary>Greatest length of a request, in bytes.</summary>
    public int RequestBytesMax { get; init; } = 1 << 26;

    /// <summary>What each document inside a request may have.</summary>
    public ReaderLimits Documents { get; init; } = ReaderLimits.Default;

    /// <summary>How far to look for repairs; null for the usual limits.</summary>
    public RepairOptions? Repairs { get; init; }

    /// <summary>
    /// How many bytes of answers about the growing graph are kept until it changes; 0 for none.
    /// </summary>
    public int KeptBytesMax { get; init; } = 1 << 24;
}
