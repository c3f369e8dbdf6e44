using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// Whose memory is mapped, where nothing says what should be. The owners of all frames are made when they
/// are first asked for. Mutable, not thread-safe.
/// </summary>
/// <param name="memory">The memory of the set.</param>
/// <param name="preserved">What else is preserved; null where nothing is said.</param>
/// <param name="devices">The memory of devices; null where nothing is said.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class OwnerJudge(
    SetMemory memory, PhysicalRangeSet? preserved, PhysicalRangeSet? devices, MappingFindings findings)
{
    private KnownOwners? _owners;

    /// <summary>Whether the owners were asked for.</summary>
    public bool IsAsked => _owners is not null;

    private KnownOwners Owners => _owners ??= memory.Owners;

    /// <summary>Finds the owners of mapped memory: O(stretches of one owner).</summary>
    /// <param name="run">What is mapped.</param>
    /// <param name="device">How grave it is where that is the memory of a device.</param>
    public void Attribute(in LeafRun run, DiagnosticSeverity device = DiagnosticSeverity.Error)
    {
        ulong last = run.Physical + (run.Bytes - 1);
        for (ulong at = run.Physical; ;)
        {
            OwnedExtent extent = Owners.Map.Find(at);
            ulong end = Math.Min(last, extent.Last);
            ulong iova = run.Iova + (at - run.Physical);
            if (extent.Memfd is { } memfd)
            {
                findings.Map(memfd, iova, at, end - at + 1, run.Access);
            }
            else
            {
                TellStray(iova, at, end, device);
            }

            if (end == last)
            {
                return;
            }

            at = end + 1;
        }
    }

    /// <summary>
    /// Finds the owners of many short runs at once: O(leaves), O(1) where one has them all.
    /// </summary>
    public void Attribute(in LeafRuns runs)
    {
        OwnerMap map = Owners.Map;
        ulong bytes = 1UL << runs.SizeLg2;
        if (map.IsPlainlyOne(runs.PhysicalFirst, runs.PhysicalLast, out int all)
            && map.MemfdOf(all) is { } owner)
        {
            findings.Map(
                owner, runs.Iova, runs.PhysicalOf(0), (ulong)runs.Count << runs.SizeLg2, runs.Access);
            return;
        }

        if (runs.SizeLg2 != OwnerMap.FrameLg2)
        {
            for (int i = 0; i < runs.Count; i++)
            {
                Attribute(new LeafRun(runs.IovaOf(i), runs.PhysicalOf(i), bytes, runs.Access));
            }

            return;
        }

        for (int first = 0; first < runs.Count;)
        {
            int number = map.NumberAt(runs.PhysicalOf(first));
            int end = first + 1;
            while (end < runs.Count && map.NumberAt(runs.PhysicalOf(end)) == number)
            {
                end++;
            }

            TellAlike(map.MemfdOf(number), runs, first, end);
            first = end;
        }
    }

    /// <summary>Looks for leaves of a row that leave the memory of their owner (O02).</summary>
    /// <param name="row">Leaves of more than one frame.</param>
    public void JudgeSpans(in LeafRow row)
    {
        ulong last = row.Physical + (row.Bytes - 1);
        for (ulong at = row.Physical; ;)
        {
            OwnedExtent extent = Owners.Map.Find(at);
            if (extent.Last >= last)
            {
                return;
            }

            at = extent.Last + 1;
            ulong into = (at - row.Physical) & ((1UL << row.SizeLg2) - 1);
            ObjectId? next = Owners.Map.Find(at).Memfd;
            if (into != 0 && next != extent.Memfd && (extent.Memfd ?? next) is { } memfd)
            {
                ulong leaf = at - into;
                findings.Tell(
                    DiagnosticCode.OutputSpansRanges, DiagnosticSeverity.Error,
                    row.Iova + (leaf - row.Physical), leaf, 1UL << row.SizeLg2, memfd, at);
            }
        }
    }

    /// <summary>Who owns the frame of an address, and how far that goes on.</summary>
    public OwnedExtent Find(ulong physical) => Owners.Map.Find(physical);

    /// <summary>What is wrong with what memfds say, where the owners were asked for.</summary>
    public string? Flaw => _owners?.Flaw;

    private void TellAlike(ObjectId? memfd, in LeafRuns runs, int first, int end)
    {
        ulong bytes = (ulong)(end - first) << runs.SizeLg2;
        if (memfd is { } owner)
        {
            findings.Map(owner, runs.IovaOf(first), runs.PhysicalOf(first), bytes, runs.Access);
            return;
        }

        for (int i = first; i < end; i++)
        {
            ulong physical = runs.PhysicalOf(i);
            TellStray(
                runs.IovaOf(i), physical, physical + ((1UL << runs.SizeLg2) - 1), DiagnosticSeverity.Error);
        }
    }

    // Memory is mapped that belongs to no memfd.
    private void TellStray(ulong iova, ulong first, ulong last, DiagnosticSeverity device)
    {
        if (memory.Tables.TryFindOverlap(new(first, last), out ulong table))
        {
            findings.Tell(
                DiagnosticCode.OutputIsAnotherDomainsTable, DiagnosticSeverity.Error,
                iova + (table - first), table, 1UL << OwnerMap.FrameLg2);
        }

        // Ranges that are preserved beside the memfds are few.
        ulong at = first;
        foreach (PageTables.PhysicalRange range in preserved is { } told ? told.Ranges : [])
        {
            if (range.Last < at)
            {
                continue;
            }

            if (range.First > last)
            {
                break;
            }

            if (range.First > at)
            {
                TellUnpreserved(iova + (at - first), at, range.First - 1, device);
            }

            if (range.Last >= last)
            {
                return;
            }

            at = range.Last + 1;
        }

        TellUnpreserved(iova + (at - first), at, last, device);
    }

    private void TellUnpreserved(ulong iova, ulong first, ulong last, DiagnosticSeverity device)
    {
        UInt128 bytes = (UInt128)(last - first) + 1;
        if (devices?.TryFindOverlap(new(first, last), out _) == true)
        {
            findings.Tell(DiagnosticCode.OutputIsMmioOrMsi, device, iova, first, bytes);
        }
        else if (Owners.IsWhole)
        {
            findings.Tell(
                DiagnosticCode.OutputNotPreserved, DiagnosticSeverity.Error, iova, first, bytes);
        }
        else
        {
            findings.Tell(DiagnosticCode.OwnerUnknown, DiagnosticSeverity.Warning, iova, first, bytes);
        }
    }
}
