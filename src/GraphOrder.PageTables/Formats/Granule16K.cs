namespace GraphOrder.PageTables;

/// <summary>Arm's granule of 16 KiB.</summary>
public readonly struct Granule16K : IArmGranule
{
    /// <inheritdoc/>
    public static int Lg2 => 14;

    /// <inheritdoc/>
    public static string Name => "16K";

    /// <inheritdoc/>
    public static int BlockLevelMax => 1;

    /// <inheritdoc/>
    public static int TopLevelMax => 3;

    /// <inheritdoc/>
    public static int ContiguousLg2(int level) => level == 0 ? 7 : 5;
}
