namespace GraphOrder;

/// <summary>What a frozen graph holds of an object, by ids of the live graph. Immutable.</summary>
/// <param name="Row">Its id.</param>
/// <param name="Arrival">Its place among all objects that ever came.</param>
/// <param name="Name">Its id in a document.</param>
/// <param name="Hash">The hash of that.</param>
/// <param name="Object">What it is; of an IOAS without its areas.</param>
/// <param name="Areas">What it maps.</param>
/// <param name="Carried">What it carries.</param>
/// <param name="Needs">What it needs.</param>
internal sealed record FrozenObject(
    int Row,
    long Arrival,
    byte[] Name,
    uint Hash,
    PreservedObject Object,
    LiveArea[] Areas,
    int[] Carried,
    FrozenNeed[] Needs)
{
    /// <summary>An object as the rows have it. O(what it needs, carries and maps).</summary>
    public static FrozenObject Of(LiveRows rows, int row)
    {
        ref ObjectRow found = ref rows.Object(row);
        List<int> carried = [];
        for (int id = found.Carried.FirstRow; id >= 0; id = rows.NextSibling(id))
        {
            carried.Add(id);
        }

        return new FrozenObject(
            row,
            found.Arrival,
            rows.ObjectNames[row].ToArray(),
            rows.ObjectNames.HashOf(row),
            found.Object,
            found.Areas?.ToArray() ?? [],
            [.. carried],
            FrozenNeed.ListOf(rows, found.Needs));
    }
}
