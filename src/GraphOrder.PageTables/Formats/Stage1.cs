namespace GraphOrder.PageTables;

/// <summary>Arm stage 1.</summary>
public readonly struct Stage1 : IArmStage
{
    /// <inheritdoc/>
    public static bool IsSecond => false;
}
