namespace GraphOrder.PageTables;

/// <summary>What must hold before the root of a table is read.</summary>
internal readonly struct RootCheck<TFormat>(WalkRules<TFormat> rules, ulong top, int topLevel)
    where TFormat : struct, IPageTableFormat
{
    /// <summary>Says that the root is not in the image.</summary>
    public PageTableFault Missing => new(
        PageTableFaultKind.TableOutsideImage, FaultSeverity.Error, 0, topLevel, -1, top, 0);

    /// <summary>Tells what is wrong with the root and puts it into the set.</summary>
    /// <returns>Whether it can be walked.</returns>
    public bool Passes<TMemory, TSink>(ref TMemory memory, TableSet tables, WalkReport report, ref TSink sink)
        where TMemory : IPhysicalMemory
        where TSink : struct, ILeafSink, allows ref struct
    {
        ulong bytes = (ulong)rules.RootItems * sizeof(ulong);
        PageTableFault place = Missing;
        if (rules.Facts.HardwareTopLevel is { } told && told != topLevel)
        {
            report.Fault(place with { Kind = PageTableFaultKind.TopLevelMismatch }, ref sink);
            return false;
        }

        ulong platform = Levels.LowMask(rules.Facts.PhysicalBits ?? TFormat.PhysicalBits);
        if (top % bytes != 0 || top > platform || bytes - 1 > platform - top)
        {
            report.Fault(place with { Kind = PageTableFaultKind.RootMisaligned }, ref sink);
            return false;
        }

        PhysicalRange pages = PhysicalRange.Of(top, bytes);
        if (rules.Facts.Preserved?.Covers(pages) == false)
        {
            report.Fault(place with { Kind = PageTableFaultKind.TableNotPreserved }, ref sink);
        }

        if (rules.Facts.Scratch?.TryFindOverlap(pages, out _) == true)
        {
            report.Fault(place with { Kind = PageTableFaultKind.TableOrLeafInScratch }, ref sink);
        }

        if (!memory.Contains(top, bytes))
        {
            report.Fault(Missing, ref sink);
            return false;
        }

        ulong page = 1UL << TFormat.GranuleLg2;
        for (ulong table = top & ~(page - 1); table < top + bytes; table += page)
        {
            tables.TryAdd(table, topLevel);
        }

        return true;
    }
}
