namespace GraphOrder.Benchmarks.PageTables;

/// <summary>How the memory behind 4 KiB leaves lies, and how the tables do.</summary>
public enum TableLayout
{
    /// <summary>One run, tables in address order.</summary>
    OneRun,

    /// <summary>One run, tables shuffled; as they are in all that follow.</summary>
    ShuffledTables,

    /// <summary>Runs of 512 pages, shuffled.</summary>
    Folios2M,

    /// <summary>Runs of 8 pages, shuffled.</summary>
    Runs8,

    /// <summary>Single pages, shuffled.</summary>
    Folios4K,
}
