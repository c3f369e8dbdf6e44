namespace GraphOrder.PageTables;

/// <summary>What follows from a kind of fault alone.</summary>
public static class PageTableFaultKinds
{
    private const int Base = 3000;

    /// <summary>
    /// Kinds are smaller than this after 3000 is taken off: the length of an array of counts.
    /// </summary>
    internal const int Count = 200;

    /// <summary>Every kind, by number.</summary>
    public static ReadOnlySpan<PageTableFaultKind> All => Kinds;

    private static PageTableFaultKind[] Kinds { get; } =
        [.. Enum.GetValues<PageTableFaultKind>().AsSpan(1)];

    /// <summary>The code: <c>GO3001</c>.</summary>
    /// <param name="kind">A kind other than <see cref="PageTableFaultKind.None"/>.</param>
    public static string Code(this PageTableFaultKind kind) => $"GO{(int)kind:D4}";

    /// <summary>
    /// How grave it is, as the catalogue says it. A walk may say less where the format is milder (Arm does
    /// not fault on reserved bits) and more where the kernel follows what hardware does not see.
    /// </summary>
    /// <param name="kind">The kind.</param>
    public static FaultSeverity Severity(this PageTableFaultKind kind) => kind switch
    {
        PageTableFaultKind.EmptyTable or PageTableFaultKind.CouldBeSuperpage => FaultSeverity.Info,
        PageTableFaultKind.GhostEntry or PageTableFaultKind.NoPermissionLeaf
            or PageTableFaultKind.CoherencyAttributeMixed or PageTableFaultKind.DirtyNotPreset
            => FaultSeverity.Warning,
        _ => FaultSeverity.Error,
    };

    /// <summary>The place of a kind in an array of <see cref="Count"/> counts.</summary>
    internal static int Index(this PageTableFaultKind kind) => (int)kind - Base;

    /// <summary>The kind of a flag: bit n of <see cref="EntryFaults"/> is En.</summary>
    internal static PageTableFaultKind OfBit(int bit) => (PageTableFaultKind)(Base + bit);
}
