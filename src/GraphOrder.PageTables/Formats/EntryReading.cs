namespace GraphOrder.PageTables;

/// <summary>
/// What one word says. A word with a fault is still a leaf or a table where its address can be told; where
/// its meaning is open it is <see cref="EntryKind.Refused"/> and maps nothing. Immutable.
/// </summary>
/// <param name="Kind">As hardware reads it.</param>
/// <param name="KernelKind">As Linux 7.3 reads it; the two differ for some broken words.</param>
/// <param name="Physical">
/// The next table, or the first byte of a leaf's page (of its whole size), without attribute bits.
/// </param>
/// <param name="SizeLg2">Of a leaf: log2 of its bytes.</param>
/// <param name="GroupLg2">
/// Of a leaf: log2 of the entries that belong together by its own claim; 0 where it stands alone.
/// </param>
/// <param name="Access">What it allows; of a table, what it leaves to those below.</param>
/// <param name="Errors">Faults that are errors here.</param>
/// <param name="Warnings">Faults that are warnings here.</param>
public readonly record struct EntryReading(
    EntryKind Kind,
    EntryKind KernelKind,
    ulong Physical = 0,
    int SizeLg2 = 0,
    int GroupLg2 = 0,
    PageAccess Access = PageAccess.None,
    EntryFaults Errors = EntryFaults.None,
    EntryFaults Warnings = EntryFaults.None)
{
    /// <summary>A word of zero.</summary>
    public static EntryReading Empty => default;

    /// <summary>Present for the format's hardware in no sense, but not zero.</summary>
    /// <param name="kernelKind">What Linux takes it for.</param>
    internal static EntryReading Ghost(EntryKind kernelKind) => kernelKind == EntryKind.Table
        ? new(EntryKind.NotPresent, kernelKind, Errors: EntryFaults.GhostEntry)
        : new(EntryKind.NotPresent, kernelKind, Warnings: EntryFaults.GhostEntry);

    /// <summary>A word that maps nothing, with the fault that says why.</summary>
    internal static EntryReading Refused(EntryFaults fault, EntryKind kernelKind) =>
        new(EntryKind.Refused, kernelKind, Errors: fault);
}
