namespace GraphOrder.PageTables;

/// <summary>Arm's granule of 4 KiB.</summary>
public readonly struct Granule4K : IArmGranule
{
    /// <inheritdoc/>
    public static int Lg2 => 12;

    /// <inheritdoc/>
    public static string Name => "4K";

    /// <inheritdoc/>
    public static int BlockLevelMax => 2;

    /// <inheritdoc/>
    public static int TopLevelMax => 3;

    /// <inheritdoc/>
    public static int ContiguousLg2(int level) => 4;
}
