using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Makes the areas of one domain ready for the comparison, and says what is wrong with them.
/// </summary>
internal static class ExpectedAreas
{
    private const ulong PageMask = (1UL << OwnerMap.FrameLg2) - 1;

    /// <summary>Sorts, checks and reads where the files lie: O(n log n).</summary>
    /// <param name="set">The set.</param>
    /// <param name="told">The areas.</param>
    /// <param name="memory">The memory of the set.</param>
    /// <param name="access">What an access comes to in the table's format.</param>
    /// <param name="findings">
    /// Takes what is wrong: I07 and I10. An area that overlaps another is left out.
    /// </param>
    /// <param name="flaw">
    /// What is wrong with what a file says of where it lies; null where nothing is.
    /// </param>
    public static ExpectedArea[] Of(
        SessionSet set, IEnumerable<IoasArea> told, SetMemory memory, Func<PageAccess, PageAccess> access,
        MappingFindings findings, out string? flaw)
    {
        flaw = null;
        List<ExpectedArea> areas = [];
        foreach (IoasArea area in told.OrderBy(static area => area.Iova))
        {
            ulong last = unchecked(area.Iova + ((ulong)area.Bytes - 1));
            bool ends = area.Bytes > 0 && last >= area.Iova
                && area.Offset <= (ulong)(long.MaxValue - area.Bytes);
            bool isWhole = ends
                && ((area.Iova | (ulong)area.Bytes | area.Offset) & PageMask) == 0;
            bool overlaps = areas.Count > 0 && area.Iova <= areas[^1].Last;
            if (!isWhole || overlaps)
            {
                findings.Tell(
                    DiagnosticCode.AreaOverlap, DiagnosticSeverity.Error, area.Iova, 0,
                    (ulong)Math.Max(area.Bytes, 0), area.File);
            }

            if (!ends || overlaps)
            {
                continue;
            }

            ObjectFacts facts = set.Objects[area.File.Index].Facts;
            KnownLayout known = memory.LayoutOf(area.File);
            flaw ??= known.Flaw;
            areas.Add(new(
                area.Iova, last, area.File, area.Offset, access((PageAccess)area.Access),
                known.Layout?.IsEmpty == false ? known.Layout : null,
                facts.Bytes is { } bytes ? ((ulong)bytes + PageMask) & ~PageMask : ulong.MaxValue)
            {
                IsDeviceMemory = set.Objects[area.File.Index].Kind == ObjectKind.DmaBuf,
            });
        }

        TellAliases(areas, findings);
        return [.. areas];
    }

    // Two areas on one part of a file: two input addresses lead to one page.
    private static void TellAliases(List<ExpectedArea> areas, MappingFindings findings)
    {
        ObjectId? file = null;
        ulong end = 0;
        foreach (ExpectedArea area in areas.OrderBy(static area => (area.File.Index, area.Offset)))
        {
            ulong last = area.Offset + (area.Last - area.First);
            if (area.File == file && area.Offset < end)
            {
                findings.Tell(
                    DiagnosticCode.AliasWithinDomain, DiagnosticSeverity.Info, area.First, 0,
                    Math.Min(end, last + 1) - area.Offset, area.File);
            }

            end = area.File == file ? Math.Max(end, last + 1) : last + 1;
            file = area.File;
        }
    }
}
