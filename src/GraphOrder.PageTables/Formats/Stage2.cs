namespace GraphOrder.PageTables;

/// <summary>Arm stage 2.</summary>
public readonly struct Stage2 : IArmStage
{
    /// <inheritdoc/>
    public static bool IsSecond => true;
}
