using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Compares what a table maps with the areas that it should map, row by row in the order of input addresses:
/// a merge of two sorted lists, O(1) for a row that is as it should be. Who owns a page is asked only where
/// it is not the page that it should be. Mutable, not thread-safe.
/// </summary>
/// <param name="areas">The areas, ascending, none overlapping another.</param>
/// <param name="leafSizes">The sizes that a leaf may have: bit n is 2 to the n bytes.</param>
/// <param name="owners">Finds owners.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class AreaJudge(
    ExpectedArea[] areas, ulong leafSizes, OwnerJudge owners, MappingFindings findings)
{
    private int _area;
    private int _cursor;
    private int _predicted;
    private int _predictedFolio;
    private ulong _seenTo;

    /// <summary>Leaves side by side.</summary>
    public void Judge(in LeafRow row)
    {
        if (TryTakeNext(row))
        {
            return;
        }

        ulong last = row.Iova + (row.Bytes - 1);
        Pass(row.Iova);
        for (ulong at = row.Iova; ;)
        {
            if (_area == areas.Length || areas[_area].First > last)
            {
                TellStray(row, at, last);
                break;
            }

            ExpectedArea area = areas[_area];
            if (area.First > at)
            {
                TellStray(row, at, area.First - 1);
                at = area.First;
            }

            ulong end = Math.Min(last, area.Last);
            JudgeEdges(row, area, at, end);
            JudgeInside(row, area, at, end);
            if (end == area.Last)
            {
                Next();
            }

            if (end == last)
            {
                break;
            }

            at = end + 1;
        }

        SawTo(last);
    }

    /// <summary>
    /// The folios that leaves of 4 KiB, two at least, should map, where folios are so small.
    /// </summary>
    public bool TryPredict(ulong iova, int count, out FolioPrediction prediction)
    {
        prediction = default;
        while (_predicted < areas.Length && areas[_predicted].Last < iova)
        {
            _predicted++;
            _predictedFolio = 0;
        }

        ulong bytes = (ulong)(uint)count << OwnerMap.FrameLg2;
        if (_predicted == areas.Length || iova < areas[_predicted].First
            || areas[_predicted].Layout?.Records is not { } records)
        {
            return false;
        }

        ExpectedArea area = areas[_predicted];
        ulong offset = area.Offset + (iova - area.First);
        ulong page = offset >> OwnerMap.FrameLg2;
        bool isInside = area.Last - iova >= bytes - 1
            && offset % (1 << OwnerMap.FrameLg2) == 0
            && page < records.PageCount && records.PageCount - page >= (ulong)count;
        if (!isInside)
        {
            return false;
        }

        // Whether the others are pages by themselves shows when they are compared.
        int folio = records.Find(page, _predictedFolio);
        _predictedFolio = folio;
        bool areSmall = records.Count - folio >= count && records.IndexOf(folio) == page
            && records.IndexOf(folio + 1) == page + 1;
        if (areSmall)
        {
            prediction = new()
            {
                Records = records.Words.Slice(2 * folio, 2 * count),
                FirstIndex = page,
                Access = area.Access,
            };
        }

        return areSmall;
    }

    /// <summary>Leaves that are as predicted.</summary>
    public void Confirm(ulong iova, int count)
    {
        Pass(iova);
        ExpectedArea area = areas[_area];
        ulong bytes = (ulong)(uint)count << OwnerMap.FrameLg2;
        ulong physical = area.Layout!.Records!.FrameOf(_predictedFolio) << OwnerMap.FrameLg2;
        findings.Map(area.File, iova, physical, bytes, area.Access);
        _predictedFolio += count - 1;
        _cursor = _predictedFolio;
        if (area.Last == iova + (bytes - 1))
        {
            Next();
        }

        SawTo(iova + (bytes - 1));
    }

    /// <summary>Says what should have been mapped behind the last row.</summary>
    public void End()
    {
        while (_area < areas.Length)
        {
            TellHole(areas[_area], Math.Max(_seenTo, areas[_area].First), areas[_area].Last);
            Next();
        }
    }

    // Leaves that go on from what was seen, inside an area, over the folio that comes next: nearly all.
    private bool TryTakeNext(in LeafRow row)
    {
        if (_area == areas.Length || row.Iova != _seenTo)
        {
            return false;
        }

        ExpectedArea area = areas[_area];
        bool isInside = row.Iova >= area.First && row.Iova < area.Last && area.Last - row.Iova > row.Bytes - 1
            && (row.Access & PageAccess.ReadWrite) == area.Access
            && (unchecked(area.Offset - area.First) & ((1UL << OwnerMap.FrameLg2) - 1)) == 0;
        if (!isInside || area.Layout?.Records is not { } records)
        {
            return false;
        }

        ulong page = (area.Offset + (row.Iova - area.First)) >> OwnerMap.FrameLg2;
        int folio = records.IndexOf(_cursor) == page ? _cursor : Math.Min(_cursor + 1, records.Count - 1);
        bool isFolio = records.IndexOf(folio) == page
            && records.FrameOf(folio) << OwnerMap.FrameLg2 == row.Physical
            && records.EndOf(folio) - page >= row.Bytes >> OwnerMap.FrameLg2;
        if (isFolio)
        {
            _cursor = folio;
            _seenTo = row.Iova + row.Bytes;
            findings.Map(area.File, row.Iova, row.Physical, row.Bytes, row.Access);
            JudgeSize(row, row.AsRun(), area);
        }

        return isFolio;
    }

    private void Next()
    {
        _area++;
        _cursor = 0;
    }

    private void SawTo(ulong last) => _seenTo = last == ulong.MaxValue ? last : last + 1;

    // What lies between the last row and the next one.
    private void Pass(ulong iova)
    {
        while (_area < areas.Length && areas[_area].First < iova)
        {
            ExpectedArea area = areas[_area];
            ulong from = Math.Max(_seenTo, area.First);
            ulong to = Math.Min(area.Last, iova - 1);
            if (from <= to)
            {
                TellHole(area, from, to);
            }

            if (area.Last >= iova)
            {
                break;
            }

            Next();
        }
    }

    private void TellHole(ExpectedArea area, ulong from, ulong to) => findings.Tell(
        DiagnosticCode.HoleInArea, DiagnosticSeverity.Error, from, 0, (UInt128)(to - from) + 1, area.File);

    private void TellStray(in LeafRow row, ulong from, ulong to)
    {
        ulong physical = row.Physical + (from - row.Iova);
        findings.Tell(
            DiagnosticCode.StrayMapping, DiagnosticSeverity.Error, from, physical, (UInt128)(to - from) + 1);
        owners.Attribute(new LeafRun(from, physical, to - from + 1, row.Access));
    }

    // A leaf that begins or ends outside of an area that it reaches into.
    private void JudgeEdges(in LeafRow row, ExpectedArea area, ulong at, ulong end)
    {
        ulong leaf = 1UL << row.SizeLg2;
        ulong rowLast = row.Iova + (row.Bytes - 1);
        bool isBeforeIt = at == area.First && at > row.Iova && ((at - row.Iova) & (leaf - 1)) != 0;
        bool isBehindIt = end == area.Last && end < rowLast && ((end - row.Iova + 1) & (leaf - 1)) != 0;
        if (isBeforeIt || isBehindIt)
        {
            ulong into = ((isBeforeIt ? at : end) - row.Iova) & ~(leaf - 1);
            findings.Tell(
                DiagnosticCode.LeafExceedsArea, DiagnosticSeverity.Error, row.Iova + into,
                row.Physical + into, leaf, area.File);
        }
    }

    private void JudgeInside(in LeafRow row, ExpectedArea area, ulong at, ulong end)
    {
        JudgeAccess(row, area, at, end);
        if (area.Layout is not { } layout)
        {
            LeafRun whole = new(at, row.Physical + (at - row.Iova), end - at + 1, row.Access);
            owners.Attribute(
                whole, area.IsDeviceMemory ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error);
            return;
        }

        while (true)
        {
            ulong offset = area.Offset + (at - area.First);
            bool isKnown = layout.TryFind(
                offset, end - at + 1, ref _cursor, out ulong expected, out ulong bytes);
            ulong physical = row.Physical + (at - row.Iova);
            LeafRun piece = new(at, physical, bytes, row.Access);
            if (!isKnown)
            {
                TellWithoutFolio(area, offset, piece);
            }
            else if (physical == expected)
            {
                findings.Map(area.File, at, physical, bytes, row.Access);
                JudgeSize(row, piece, area);
            }
            else
            {
                TellWrong(area, piece, expected);
            }

            if (isKnown && physical == expected)
            {
                JudgeEnd(row, area, at, bytes, end);
            }

            if (end - at < bytes)
            {
                return;
            }

            at += bytes;
        }
    }

    // Where a leaf that begins right goes on in memory and the file does not.
    private void JudgeEnd(in LeafRow row, ExpectedArea area, ulong at, ulong bytes, ulong end)
    {
        ulong into = (at - row.Iova + bytes) & ((1UL << row.SizeLg2) - 1);
        if (into != 0 && end - at >= bytes)
        {
            ulong leaf = at + bytes - into;
            findings.Tell(
                DiagnosticCode.OutputSpansRanges, DiagnosticSeverity.Error, leaf,
                row.Physical + (leaf - row.Iova), 1UL << row.SizeLg2, area.File,
                row.Physical + (at + bytes - row.Iova));
        }
    }

    private void JudgeAccess(in LeafRow row, ExpectedArea area, ulong at, ulong end)
    {
        PageAccess got = row.Access & PageAccess.ReadWrite;
        if (got != area.Access)
        {
            bool isWider = (got & ~area.Access) != 0;
            findings.Tell(
                isWider ? DiagnosticCode.PermissionWider : DiagnosticCode.PermissionNarrower,
                DiagnosticSeverity.Error, at, row.Physical + (at - row.Iova),
                (UInt128)(end - at) + 1, area.File);
        }
    }

    // Whether a larger leaf would have done for a part of what is as it should be.
    private void JudgeSize(in LeafRow row, in LeafRun piece, ExpectedArea area)
    {
        ulong larger = leafSizes & ~((2UL << row.SizeLg2) - 1);
        if (larger == 0)
        {
            return;
        }

        ulong size = larger & unchecked(0 - larger);
        ulong skipped = unchecked(0 - piece.Iova) & (size - 1);
        bool fits = piece.Bytes >= size && skipped <= piece.Bytes - size
            && ((piece.Physical + skipped) & (size - 1)) == 0;
        if (fits)
        {
            findings.Tell(
                DiagnosticCode.UnexpectedLeafSize, DiagnosticSeverity.Info, piece.Iova + skipped,
                piece.Physical + skipped, (piece.Bytes - skipped) & ~(size - 1), area.File, size);
        }
    }

    private void TellWithoutFolio(ExpectedArea area, ulong offset, in LeafRun piece)
    {
        bool isBeyond = offset >= area.FileBytes;
        findings.Tell(
            isBeyond ? DiagnosticCode.OutputBeyondFileSize : DiagnosticCode.FolioNotUptodate,
            isBeyond ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, piece.Iova, piece.Physical,
            piece.Bytes, area.File);
        owners.Attribute(piece);
    }

    private void TellWrong(ExpectedArea area, in LeafRun piece, ulong expected)
    {
        ulong last = piece.Physical + (piece.Bytes - 1);
        for (ulong at = piece.Physical; ;)
        {
            OwnedExtent extent = owners.Find(at);
            ulong end = Math.Min(last, extent.Last);
            ulong iova = piece.Iova + (at - piece.Physical);
            if (extent.Memfd is { } memfd)
            {
                findings.Tell(
                    memfd == area.File ? DiagnosticCode.OffsetDiscontinuity : DiagnosticCode.WrongFile,
                    DiagnosticSeverity.Error, iova, at, end - at + 1, memfd,
                    expected + (at - piece.Physical));
            }

            owners.Attribute(new LeafRun(iova, at, end - at + 1, piece.Access));
            if (end == last)
            {
                return;
            }

            at = end + 1;
        }
    }
}
