using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>What the areas of a domain predict.</summary>
internal readonly struct AreaPrediction(AreaJudge judge) : ILeafPrediction
{
    /// <inheritdoc/>
    public static bool IsNothing => false;

    /// <inheritdoc/>
    public bool TryPredict(ulong iova, int count, out FolioPrediction prediction) =>
        judge.TryPredict(iova, count, out prediction);

    /// <inheritdoc/>
    public void OnPredicted(ulong iova, int count) => judge.Confirm(iova, count);
}
