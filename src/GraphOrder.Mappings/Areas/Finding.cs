namespace GraphOrder.Mappings;

/// <summary>What was found of one kind: the first place, and how much of it there is. Immutable.</summary>
/// <param name="Code">The defect.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Iova">The first input address.</param>
/// <param name="Physical">Where that leads; 0 where it leads nowhere.</param>
/// <param name="Bytes">Bytes of all places.</param>
/// <param name="Memfd">The memfd of the first place; null where there is none.</param>
/// <param name="Expected">Where it should lead; 0 where that is not known.</param>
internal sealed record Finding(
    DiagnosticCode Code, DiagnosticSeverity Severity, ulong Iova, ulong Physical, UInt128 Bytes,
    ObjectId? Memfd, ulong Expected);
