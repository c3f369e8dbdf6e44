namespace GraphOrder.PageTables;

/// <summary>Where a device's table begins, as hardware is told. Immutable.</summary>
/// <param name="Format">The format.</param>
/// <param name="Top">Physical address of the root.</param>
/// <param name="TopLevel">Its level.</param>
/// <param name="DomainId">The domain id that the entry carries.</param>
/// <param name="Access">What the entry leaves to the table (IR and IW of an AMD entry).</param>
/// <param name="InputBits">
/// Bits of an input address where the entry's owner uses fewer than the format (AMD v2).
/// </param>
/// <param name="IsNestParent">Whether a first stage stands on it (VT-d, nested translation).</param>
public sealed record PageTableRoot(
    PageTableFormat Format, ulong Top, int TopLevel, int DomainId, PageAccess Access, int? InputBits,
    bool IsNestParent)
{
    /// <summary>Adds to facts what the entry says.</summary>
    /// <param name="facts">What is known already.</param>
    public WalkFacts AddTo(WalkFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts with
        {
            HardwareTopLevel = TopLevel,
            RootAccess = Access,
            InputBits = InputBits ?? facts.InputBits,
            IsNestParent = IsNestParent ? true : facts.IsNestParent,
        };
    }
}
