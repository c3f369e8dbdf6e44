namespace GraphOrder.PageTables.Tests;

/// <summary>
/// What tests over all formats must know of one: its words in other words than the format's own.
/// </summary>
internal static class FormatCases
{
    private static readonly PageAccess[] Accesses =
        [PageAccess.Read, PageAccess.Write, PageAccess.ReadWrite, PageAccess.All];

    /// <summary>
    /// What a device may do when it was mapped with an access: some formats cannot say less.
    /// </summary>
    public static PageAccess Expressed<TFormat>(PageAccess access) where TFormat : struct, IPageTableFormat =>
        TFormat.Description.Name switch
        {
            "vtd-second-stage" or "amd-v1" or "arm-lpae-s2" => access & PageAccess.ReadWrite,
            "x86-64" or "arm-lpae-s1" => (access & PageAccess.Write) | PageAccess.Read,
            _ => (access & PageAccess.Write) != 0 ? access | PageAccess.Read : access,
        };

    /// <summary>The maximal runs of what was mapped.</summary>
    public static List<LeafRun> Runs(IEnumerable<LeafRun> mapped)
    {
        List<LeafRun> runs = [];
        foreach (LeafRun next in mapped.OrderBy(map => map.Iova))
        {
            LeafRun last = runs.Count > 0 ? runs[^1] : default;
            bool goesOn = last.Bytes > 0 && last.Iova + (last.Bytes - 1) + 1 == next.Iova
                && last.Physical + last.Bytes == next.Physical && last.Access == next.Access;
            if (goesOn)
            {
                runs[^1] = last with { Bytes = last.Bytes + next.Bytes };
            }
            else
            {
                runs.Add(next);
            }
        }

        return runs;
    }

    /// <summary>An access that the format tells apart or not, none left out.</summary>
    public static PageAccess Access(TestRandom random) =>
        Accesses[random.Next(Accesses.Length)];
}
