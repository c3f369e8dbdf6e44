namespace GraphOrder.Benchmarks.PageTables;

/// <summary>What is measured, of one format; each answers with the pages that are mapped.</summary>
internal interface IWalkCase
{
    /// <summary>Reads every byte of the tables.</summary>
    long Read();

    /// <summary>The naive walk.</summary>
    long NaiveWalk();

    /// <summary>The walk.</summary>
    long Walk();
}
