namespace GraphOrder.PageTables;

/// <summary>Arm's granule of 64 KiB.</summary>
public readonly struct Granule64K : IArmGranule
{
    /// <inheritdoc/>
    public static int Lg2 => 16;

    /// <inheritdoc/>
    public static string Name => "64K";

    /// <inheritdoc/>
    public static int BlockLevelMax => 1;

    /// <inheritdoc/>
    public static int TopLevelMax => 2;

    /// <inheritdoc/>
    public static int ContiguousLg2(int level) => 5;
}
