namespace GraphOrder;

/// <summary>
/// What stands between a device and the pages of a memfd being given to somebody else (mm/memfd_luo.c as
/// of Linux 7.3.4, drivers/iommu/iommufd/pages.c).
/// </summary>
public enum PageGuard : byte
{
    /// <summary>Old kernel, not preserved yet: what maps it for a device has its pages pinned.</summary>
    Pins,

    /// <summary>
    /// Old kernel, preserved: resizing and every fallocate answer EPERM. The flag stays in that kernel.
    /// </summary>
    PreserveFlag,

    /// <summary>The pages are handed over, and there is no file yet by which to change them.</summary>
    HandOver,

    /// <summary>Retrieved, and its seals let neither shrink it nor punch holes.</summary>
    Seals,

    /// <summary>Retrieved and sealed against shrinking; holes can be punched.</summary>
    SealsWithHoles,

    /// <summary>Retrieved, and the set does not say its seals.</summary>
    UnknownSeals,

    /// <summary>Retrieved without the seal against shrinking: nothing stands between.</summary>
    Unsealed,

    /// <summary>Finished: the kernel no longer holds it, and nothing stands between.</summary>
    Released,
}

/// <summary>One guard, from the end of the span before it until a moment. Immutable.</summary>
/// <param name="Guard">What stands between.</param>
/// <param name="Until">The moment when it ends.</param>
public readonly record struct GuardSpan(PageGuard Guard, Moment Until);

/// <summary>What follows from a guard alone.</summary>
public static class PageGuards
{
    /// <summary>Whether pages can be given away in spite of it.</summary>
    public static bool LetsPagesGo(this PageGuard guard) => guard >= PageGuard.SealsWithHoles;

    /// <summary>What protects a retrieved memfd of these seals.</summary>
    /// <param name="seals">The seals before the update; null where the set does not say them.</param>
    public static PageGuard OfRetrieved(Seals? seals) => seals is not { } known ? PageGuard.UnknownSeals
        : !known.KeepSize() ? PageGuard.Unsealed
        : known.KeepPages() ? PageGuard.Seals
        : PageGuard.SealsWithHoles;
}
