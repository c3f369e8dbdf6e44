namespace GraphOrder.PageTables;

/// <summary>Which of Arm's two stages a table is of.</summary>
public interface IArmStage
{
    /// <summary>Whether it is the second.</summary>
    static abstract bool IsSecond { get; }
}
