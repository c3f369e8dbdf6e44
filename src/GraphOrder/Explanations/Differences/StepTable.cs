using System.Text;

namespace GraphOrder;

/// <summary>
/// Numbers what the steps of several plans move, so that steps of different plans with one name have one
/// number. Not thread-safe.
/// </summary>
internal sealed class StepTable
{
    private const int KindBits = 2;
    private const int KindMask = (1 << KindBits) - 1;

    private readonly NameTable _ids = new();
    private readonly NameTable _sessions = new();
    private readonly Dictionary<NameTable, int[]> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Greater than every number so far.</summary>
    public int KeyCount => (Math.Max(_ids.Count, _sessions.Count) + 1) << KindBits;

    /// <summary>The numbers of the steps of a phase. O(steps), and once for a plan O(names).</summary>
    public int[] KeysOf(PhaseSteps steps)
    {
        int[] ids = NumbersOf(steps.Names.Ids, _ids);
        int[] sessions = NumbersOf(steps.Names.Sessions, _sessions);
        int[] keys = new int[steps.Count];
        for (int step = 0; step < keys.Length; step++)
        {
            ref readonly PlanRow row = ref steps.Rows.Of(step, out _);
            keys[step] = row.Object >= 0
                ? Key(ids[row.Object], row.IsAct ? StepKind.Act : StepKind.Object)
                : row.Session >= 0 ? Key(sessions[row.Session], StepKind.Session)
                : Key(0, StepKind.Everything);
        }

        return keys;
    }

    /// <summary>The numbers of the objects that the steps of a phase carry, as they stand there.</summary>
    public int[] CarriedOf(PhaseSteps steps)
    {
        int[] ids = NumbersOf(steps.Names.Ids, _ids);
        return Array.ConvertAll(steps.Carried, carried => Key(ids[carried], StepKind.Object));
    }

    /// <summary>The number of a session; it is made where there is none.</summary>
    public int KeyOf(SessionName session)
    {
        _sessions.TryAdd(Encoding.UTF8.GetBytes(session.Text), out int index);
        return Key(index, StepKind.Session);
    }

    /// <summary>The number of an object that some step moves; -1 where none does.</summary>
    public int Find(SessionSet set, ObjectId id, StepKind kind) =>
        _ids.TryFind(set.Utf8NameOf(id), out int index) ? Key(index, kind) : -1;

    /// <summary>The number of a session that some plan names; -1 where none does.</summary>
    public int Find(SessionSet set, SessionId id) =>
        _sessions.TryFind(set.NameOf(id), out int index) ? Key(index, StepKind.Session) : -1;

    /// <summary>What has a number.</summary>
    public StepName NameOf(int key) => (StepKind)(key & KindMask) switch
    {
        StepKind.Session => new StepName(StepKind.Session, _sessions.Text(key >> KindBits)),
        StepKind.Everything => new StepName(StepKind.Everything, ""),
        StepKind kind => new StepName(kind, _ids.Text(key >> KindBits)),
    };

    /// <summary>Whether a number is that of an act.</summary>
    public static StepKind KindOf(int key) => (StepKind)(key & KindMask);

    private static int Key(int index, StepKind kind) => (index << KindBits) | (int)kind;

    private int[] NumbersOf(NameTable names, NameTable all)
    {
        if (_known.TryGetValue(names, out int[]? numbers))
        {
            return numbers;
        }

        numbers = new int[names.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            all.TryAdd(names.Utf8(i), out numbers[i]);
        }

        _known.Add(names, numbers);
        return numbers;
    }
}
