namespace GraphOrder.PageTables;

/// <summary>Predicts nothing.</summary>
public readonly struct NoPrediction : ILeafPrediction
{
    /// <inheritdoc/>
    public static bool IsNothing => true;

    /// <inheritdoc/>
    public bool TryPredict(ulong iova, int count, out FolioPrediction prediction)
    {
        prediction = default;
        return false;
    }

    /// <inheritdoc/>
    public void OnPredicted(ulong iova, int count)
    {
    }
}
