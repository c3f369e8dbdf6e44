namespace GraphOrder;

/// <summary>How a dependency binds.</summary>
public enum DependencyStrength : byte
{
    /// <summary>It holds, or there is no plan.</summary>
    Hard,

    /// <summary>It binds like a hard one until somebody waives it by name.</summary>
    Soft,
}
