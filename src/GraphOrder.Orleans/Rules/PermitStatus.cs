namespace GraphOrder.Orleans;

/// <summary>Why a host is away.</summary>
public enum PermitStatus
{
    /// <summary>It is being updated.</summary>
    Updating,

    /// <summary>It is updated and has to prove itself for a while.</summary>
    Settling,

    /// <summary>It failed and nobody has said yet that it is repaired.</summary>
    Failed,
}
