using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// How fast a walk that finds the owners of all mapped memory is, as a part of a sequential read of the same
/// bytes and of the same walk in C++: each round times them one after another in the thread's processor time,
/// and what is printed are medians of the rounds' ratios. Absolute times of two runs are never compared.
/// </summary>
internal sealed class WalkRatios(int tablesLg2, int rounds, string? only) : IFormatVisitor<int>
{
    private const int NaiveRounds = 3;
    private const int WarmUps = 6;

    /// <summary>Runs with <c>--walk-ratios LIBRARY [TABLES_LG2 [ROUNDS [FORMAT [LAYOUT]]]]</c>.</summary>
    public static int Run(string[] args)
    {
        Limits.Load(Path.GetFullPath(args[1]));
        int tables = args.Length > 2 ? int.Parse(args[2], null) : 15;
        int rounds = args.Length > 3 ? int.Parse(args[3], null) : 31;
        string format = args.Length > 4 ? args[4] : "vtd-second-stage";
        WalkRatios ratios = new(tables, rounds, args.Length > 5 ? args[5] : null);
        Console.WriteLine($"tables of level 0: {1 << tables}; rounds: {rounds}; Vector512: "
            + System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated);
        Console.WriteLine("format             layout            read GB/s  of a read            "
            + "C++ of a read        of C++               ns/entry  x naive");
        int failed = 0;
        foreach (PageTableFormat found in PageTableFormats.All)
        {
            bool isAsked = format == "all" || found.Description.Name == format;
            bool isKnown = found.Description.Granule is "" or "4K";
            failed += isAsked && isKnown ? found.Accept(ratios) : 0;
        }

        return failed;
    }

    public int Visit<TFormat>() where TFormat : struct, IPageTableFormat
    {
        int failed = 0;
        foreach (TableLayout layout in Enum.GetValues<TableLayout>())
        {
            if (only is null || layout.ToString() == only)
            {
                failed += Measure<TFormat>(layout);
            }
        }

        return failed;
    }

    private int Measure<TFormat>(TableLayout layout) where TFormat : struct, IPageTableFormat
    {
        using MappedImage<TFormat> image = new(tablesLg2, layout, Limits.AskForHugePages);
        NativeImage<TFormat> tables = image.Tables;
        LimitsFormat format = LimitsFormat.Of<TFormat>();
        nint owners = Limits.MakeOwners(tables.Image.MemoryFirst, tables.Image.MemoryLast, image.Records);
        GraphOrder.Mappings.FolioRecords? records = layout.HasAreas() ? image.Records : null;
        GC.Collect();
        bool isSame = true;
        Samples native = new();
        Samples ours = new();
        Samples both = new();
        Samples naive = new();
        Samples seconds = new();
        for (int round = -WarmUps; round < rounds; round++)
        {
            double readTime = Time(() =>
            {
                Limits.Read(tables.First, tables.Length);
                Limits.Read(records is null ? default : records.Words);
            });
            double nativeTime = Time(
                () => isSame &= Limits.Walk(tables, format, owners, records) == tables.Pages);
            double time = Time(() => isSame &= image.Walk() == tables.Pages);
            if (round >= 0)
            {
                native.Add(readTime / nativeTime);
                ours.Add(readTime / time);
                both.Add(nativeTime / time);
                seconds.Add(time);
            }

            if (round is >= 0 and < NaiveRounds && tablesLg2 <= 15)
            {
                naive.Add(Time(() => isSame &= image.WalkNaively() == tables.Pages) / time);
            }
        }

        Limits.FreeOwners(owners);
        ulong bytes = tables.Length + ((ulong)(records?.Words.Length ?? 0) * sizeof(ulong));
        Console.WriteLine(
            $"{TFormat.Description.Name,-18} {layout,-17} {bytes / seconds.Median / ours.Median / 1e9,9:f1}  "
            + $"{ours,-20} {native,-20} {both,-20} "
            + $"{seconds.Median / tables.Pages * 1e9,8:f2}  {naive.Median,7:f1}"
            + (isSame ? "" : "  WALKS DIFFER"));
        return isSame ? 0 : 1;
    }

    private static double Time(Action action)
    {
        double start = Limits.Seconds();
        action();
        return Limits.Seconds() - start;
    }
}
