using GraphOrder.PageTables;

namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// How fast a walk is as a part of a sequential read of the same bytes: each round times the read, the walk
/// in C++ and ours one after another in the thread's processor time, and what is printed are medians of the
/// rounds' ratios. Absolute times of two runs are never compared.
/// </summary>
internal sealed class WalkRatios(int tablesLg2, int rounds, string? only) : IFormatVisitor<int>
{
    private const int NaiveRounds = 3;
    private const int WarmUps = 8;

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
        Console.WriteLine("format             layout           read GB/s   C++   ours  ours/C++ naive  "
            + "ours ns/entry  x naive");
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
        TableImage image = TableImage.Write<TFormat>(tablesLg2, layout, Limits.AskForHugePages);
        GC.Collect();
        LimitsFormat format = LimitsFormat.Of<TFormat>();
        WalkWorkspace workspace = new();
        bool isSame = true;
        List<double> read = [];
        List<double> native = [];
        List<double> ours = [];
        List<double> naive = [];
        for (int round = -WarmUps; round < rounds; round++)
        {
            List<double> into = round < 0 ? [] : read;
            double readTime = Time(() => Limits.Read(image.Bytes));
            into.Add(readTime);
            double nativeTime = Time(() => isSame &= WalkNative(image, format));
            double time = Time(() => isSame &= Walk<TFormat>(image, workspace));
            if (round >= 0)
            {
                native.Add(readTime / nativeTime);
                ours.Add(readTime / time);
            }

            if (round is >= 0 and < NaiveRounds)
            {
                naive.Add(readTime / Time(() => isSame &= Naive<TFormat>(image)));
            }
        }

        List<double> both = [.. ours.Zip(native, (left, right) => left / right)];
        double seconds = Median(read);
        Console.WriteLine(
            $"{TFormat.Description.Name,-18} {layout,-16} {image.Bytes.Length / seconds / 1e9,9:f1} "
            + $"{Median(native),5:f2}  {Median(ours),5:f2}  {Median(both),8:f2} {Median(naive),5:f3}  "
            + $"{seconds / Median(ours) / image.Pages * 1e9,13:f2}  {Median(ours) / Median(naive),7:f1}"
            + (isSame ? "" : "  WALKS DIFFER"));
        return isSame ? 0 : 1;
    }

    private static bool Walk<TFormat>(TableImage image, WalkWorkspace workspace)
        where TFormat : struct, IPageTableFormat
    {
        CountingSink sink = default;
        PageTableWalker.Walk<TFormat, CallerMemory, CountingSink>(
            image.Top, image.TopLevel, image.Memory, ref sink, WalkFacts.Unknown, WalkLimits.Default,
            workspace, CancellationToken.None);
        return IsFound(image, sink.Runs, sink.Mix);
    }

    private static bool Naive<TFormat>(TableImage image) where TFormat : struct, IPageTableFormat
    {
        CountingSink sink = default;
        NaiveWalker.Walk<TFormat, CallerMemory, CountingSink>(
            image.Top, image.TopLevel, image.Memory, ref sink, WalkFacts.Unknown, WalkLimits.Default,
            CancellationToken.None);
        return IsFound(image, sink.Runs, sink.Mix);
    }

    private static bool WalkNative(TableImage image, in LimitsFormat format)
    {
        ulong mix = Limits.Walk(image, format, out ulong pages, out ulong runs);
        return pages == (ulong)image.Pages && IsFound(image, runs, mix);
    }

    private static bool IsFound(TableImage image, ulong runs, ulong mix)
    {
        image.Mix ??= mix;
        return runs == (ulong)image.Runs && mix == image.Mix;
    }

    private static double Time(Action action)
    {
        double start = Limits.Seconds();
        action();
        return Limits.Seconds() - start;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[values.Count / 2];
    }
}
