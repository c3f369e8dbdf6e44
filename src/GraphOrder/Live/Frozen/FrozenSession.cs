using System.Text;

namespace GraphOrder;

/// <summary>What a frozen graph holds of a session, by ids of the live graph. Immutable.</summary>
/// <param name="Row">Its id.</param>
/// <param name="Place">Its place among all sessions: what the kernel has first, in its order.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsCreated">Whether the kernel has it.</param>
/// <param name="Objects">Its files and acts.</param>
/// <param name="Preserved">What the kernel has preserved in it, in that order.</param>
/// <param name="Needs">What it needs as a whole.</param>
internal sealed record FrozenSession(
    int Row,
    long Place,
    SessionName Name,
    bool IsCreated,
    int[] Objects,
    int[] Preserved,
    FrozenNeed[] Needs)
{
    /// <summary>A session as the rows have it. O(its files and acts, and what it needs).</summary>
    public static FrozenSession Of(LiveRows rows, int row)
    {
        ref SessionRow found = ref rows.Session(row);
        if (found.Name == default)
        {
            found.Name = new SessionName(Encoding.UTF8.GetString(rows.SessionNames[row]));
        }

        List<int> objects = [];
        for (int id = found.Objects.FirstRow; id >= 0; id = rows.NextSibling(id))
        {
            objects.Add(id);
        }

        List<int> preserved = [];
        for (int file = found.Preserved.FirstRow; file >= 0; file = rows.NextPreserved(file))
        {
            preserved.Add(file);
        }

        return new FrozenSession(
            row,
            found.Place,
            found.Name,
            found.IsCreated,
            [.. objects],
            [.. preserved],
            FrozenNeed.ListOf(rows, found.Needs));
    }
}
