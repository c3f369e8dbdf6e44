using System.Text;

namespace GraphOrder;

/// <summary>
/// What a change brings and takes, by name, each once: what came and went again inside the change is left
/// out. Immutable once made.
/// </summary>
internal sealed class ChangeContents
{
    private ChangeContents()
    {
    }

    /// <summary>A change of nothing.</summary>
    public static ChangeContents None { get; } = new();

    /// <summary>What came.</summary>
    public ChangeSide Came { get; } = new();

    /// <summary>What went.</summary>
    public ChangeSide Went { get; } = new();

    /// <summary>The sessions that the kernel has created since, in that order.</summary>
    public List<string> Created { get; } = [];

    /// <summary>The files that the kernel has preserved since, in that order.</summary>
    public List<string> Preserved { get; } = [];

    /// <summary>Whether nothing is another.</summary>
    public bool IsEmpty =>
        Came.IsEmpty && Went.IsEmpty && Created.Count == 0 && Preserved.Count == 0;

    /// <summary>Reads the steps of an open change. O(their number).</summary>
    public static ChangeContents Of(LiveRows rows, List<ChangeStep> steps)
    {
        ChangeContents contents = new();
        foreach (ChangeStep step in steps)
        {
            contents.Add(rows, step);
        }

        return contents;
    }

    private void Add(LiveRows rows, in ChangeStep step)
    {
        switch (step.Act)
        {
            case ChangeAct.AddSession when rows.Session(step.Row).IsThere:
                Came.Sessions.Add(SessionName(rows, step.Row));
                break;
            case ChangeAct.RemoveSession when !rows.Session(step.Row).IsNew:
                Went.Sessions.Add(SessionName(rows, step.Row));
                break;
            case ChangeAct.AddObject when rows.Object(step.Row).IsThere:
                Came.Objects.Add(ObjectName(rows, step.Row));
                break;
            case ChangeAct.RemoveObject when !rows.Object(step.Row).IsNew:
                Went.Objects.Add(ObjectName(rows, step.Row));
                break;
            case ChangeAct.AddDependency when rows.Dependency(step.Row).IsThere:
                AddTo(Came, rows, rows.Dependency(step.Row));
                break;
            case ChangeAct.RemoveDependency when !rows.Dependency(step.Row).IsNew:
                AddTo(Went, rows, rows.Dependency(step.Row));
                break;
            case ChangeAct.AddArea:
                AddTo(Came, rows, step);
                break;
            case ChangeAct.RemoveArea:
                AddTo(Went, rows, step);
                break;
            case ChangeAct.Create:
                Created.Add(SessionName(rows, step.Row));
                break;
            case ChangeAct.Preserve:
                Preserved.Add(ObjectName(rows, step.Row));
                break;
        }
    }

    // What an area declares is told as the area; a description's second half is its first one again.
    private static void AddTo(ChangeSide side, LiveRows rows, in DependencyRow row)
    {
        bool isSecondHalf = row.IsDescribed
            && row.Declared.Phases == DependencyExpansion.DescribesOnRetrieve;
        if (!row.IsMapped && !isSecondHalf)
        {
            side.Dependencies.Add((EndName(rows, row.Dependent), EndName(rows, row.On)));
        }
    }

    private static void AddTo(ChangeSide side, LiveRows rows, in ChangeStep step) => side.Areas.Add(new(
        ObjectName(rows, step.Row),
        step.Area.Range.First,
        step.Area.Range.Last - step.Area.Range.First + 1,
        ObjectName(rows, step.Area.File)));

    private static string EndName(LiveRows rows, DependencyEnd end) => end.IsSession
        ? SessionSet.SessionPrefix + SessionName(rows, end.SessionId.Index)
        : ObjectName(rows, end.ObjectId.Index);

    private static string SessionName(LiveRows rows, int row) =>
        Encoding.UTF8.GetString(rows.SessionNames[row]);

    private static string ObjectName(LiveRows rows, int row) =>
        Encoding.UTF8.GetString(rows.ObjectNames[row]);
}
