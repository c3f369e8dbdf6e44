namespace GraphOrder.KernelBehaviour;

/// <summary>
/// All rows. Those of a machine run one after another in one process of each kernel, and then one kexec
/// serves all: a row leaves behind no descriptor but those of sessions that it means to hand over. The image
/// is loaded after the last row of a kernel, never before, since one row sees what a jump without an image
/// answers.
/// </summary>
public static class BehaviourTable
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<BehaviourRow> Rows { get; } =
    [
        .. DeviceRows.Rows, .. ArgumentRows.Rows, .. PreserveRows.Rows, .. FrozenRows.Rows,
        .. ReleaseRows.Rows, .. IncomingRows.Rows, .. RetrievedRows.Rows, .. SurvivalRows.Rows,
        .. ChainRows.Rows, .. DamageRows.Rows, .. OrderRows.Rows,
    ];

    /// <summary>The machines that they run on, each once.</summary>
    public static IReadOnlyList<string> Machines { get; } =
        [.. Rows.Select(static row => row.Machine).Distinct(StringComparer.Ordinal)];

    /// <summary>The rows of a machine.</summary>
    public static IEnumerable<BehaviourRow> Of(string machine) => Rows.Where(row => row.Machine == machine);

    /// <summary>How many kernels a machine has, one behind another.</summary>
    public static int KernelCount(string machine) =>
        Of(machine).Max(static row => row.Panic is null ? row.Stages.Max(static stage => stage.Kernel) : 2);

    /// <summary>What its last kernel says when it stops as it starts; null where it goes on.</summary>
    public static string? PanicOf(string machine) =>
        Of(machine).Select(static row => row.Panic).FirstOrDefault(static panic => panic is not null);

    /// <summary>The row of a name; null where there is none.</summary>
    public static BehaviourRow? Find(string name)
    {
        foreach (BehaviourRow row in Rows)
        {
            if (row.Name == name)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Runs a row's stage in this kernel; what it answered.</summary>
    /// <exception cref="ArgumentException">It has none there.</exception>
    public static string Run(BehaviourRow row, int kernel, IMachine machine)
    {
        BehaviourStage stage = row.In(kernel) ?? throw new ArgumentException("No such stage.", nameof(kernel));
        using Script script = new(row, machine);
        stage.Run(script);
        return script.Answer;
    }

    /// <summary>In another process: does what the row wants there and returns holding it.</summary>
    public static void RunElsewhere(BehaviourRow row, IMachine machine) =>
        row.Elsewhere!(new Script(row, machine));

    internal static int IndexOf(BehaviourRow row)
    {
        for (int i = 0; i < Rows.Count; i++)
        {
            if (ReferenceEquals(Rows[i], row))
            {
                return i;
            }
        }

        return Rows.Count;
    }
}
