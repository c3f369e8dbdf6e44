namespace GraphOrder.PageTables;

/// <summary>How grave a fault is.</summary>
public enum FaultSeverity : byte
{
    /// <summary>Works; worth knowing.</summary>
    Info,

    /// <summary>Works today, or for some devices.</summary>
    Warning,

    /// <summary>DMA goes wrong or faults, or the next kernel fails on it.</summary>
    Error,
}
