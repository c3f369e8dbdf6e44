namespace GraphOrder.PageTables;

/// <summary>
/// What leaves should be there, where whoever asks for a walk knows it page by page: leaves of 4 KiB over
/// memory that the kernel's folio records describe. A table that holds just that is told at once
/// (<see cref="OnPredicted"/>) in place of its rows and runs; any other is walked as if nothing had been
/// predicted. Implemented by a struct; called from the thread that walks.
/// </summary>
public interface ILeafPrediction
{
    /// <summary>Whether nothing is ever predicted: a constant of the type.</summary>
    static abstract bool IsNothing { get; }

    /// <summary>Says what leaves should be there.</summary>
    /// <param name="iova">Input address of the first; asked in the order of input addresses.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="prediction">What they should be.</param>
    /// <returns>Whether all of them are predicted.</returns>
    bool TryPredict(ulong iova, int count, out FolioPrediction prediction);

    /// <summary>Leaves are as predicted.</summary>
    /// <param name="iova">Input address of the first.</param>
    /// <param name="count">How many there are.</param>
    void OnPredicted(ulong iova, int count);
}
