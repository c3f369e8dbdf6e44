namespace GraphOrder.Benchmarks.PageTables;

/// <summary>
/// How the memory behind 4 KiB leaves lies, how the tables do, and what is known of the memory.
/// </summary>
public enum TableLayout
{
    /// <summary>One run, tables in address order.</summary>
    OneRun,

    /// <summary>One run, tables shuffled; as they are in all that follow.</summary>
    ShuffledTables,

    /// <summary>Folios of 512 pages, shuffled.</summary>
    Folios2M,

    /// <summary>Folios of 8 pages, shuffled over memory that has one owner.</summary>
    Runs8,

    /// <summary>Single pages, shuffled over memory that has one owner.</summary>
    Folios4K,

    /// <summary>Folios of 8 pages, shuffled; those between them are nobody's.</summary>
    MixedRuns8,

    /// <summary>Single pages, shuffled; those between them are nobody's.</summary>
    MixedFolios4K,

    /// <summary>The same, with the area and the folio records that say what should be mapped.</summary>
    PredictedFolios4K,
}

/// <summary>What a layout is made of.</summary>
internal static class TableLayouts
{
    /// <summary>Pages of a run; 0 where there is one run.</summary>
    public static int RunPages(this TableLayout layout) => layout switch
    {
        TableLayout.Folios2M => 512,
        TableLayout.Runs8 or TableLayout.MixedRuns8 => 8,
        TableLayout.Folios4K or TableLayout.MixedFolios4K or TableLayout.PredictedFolios4K => 1,
        _ => 0,
    };

    /// <summary>Whether what lies between the runs belongs to the same memfd.</summary>
    public static bool HasOneOwner(this TableLayout layout) =>
        layout is TableLayout.Runs8 or TableLayout.Folios4K or TableLayout.OneRun
            or TableLayout.ShuffledTables;

    /// <summary>Whether areas say what should be mapped.</summary>
    public static bool HasAreas(this TableLayout layout) => layout == TableLayout.PredictedFolios4K;
}
