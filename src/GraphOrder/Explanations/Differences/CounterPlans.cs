namespace GraphOrder;

/// <summary>
/// The plans that the second set would have if some changes were taken back; each is made once. Not
/// thread-safe.
/// </summary>
internal sealed class CounterPlans
{
    // What a few seconds are enough for: objects and dependencies planned, all plans together.
    private const long WorkMax = 8_000_000;
    private const int CountLeast = 8;
    private const int CountMost = 200;

    private readonly DependencyChanges _changes;
    private readonly KernelPair _kernels;
    private readonly KernelPair? _other;
    private readonly StepTable _table;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, CounterPlan> _known = new(StringComparer.Ordinal);
    private readonly int _countMax;

    /// <param name="changes">What can be taken back.</param>
    /// <param name="first">The first plan.</param>
    /// <param name="second">The second plan; its kernels are known.</param>
    /// <param name="table">The numbers of the steps.</param>
    /// <param name="options">How many plans may be made.</param>
    /// <param name="cancellation">As for planning.</param>
    public CounterPlans(
        DependencyChanges changes,
        PlanSide first,
        PlanSide second,
        StepTable table,
        PlanDiffOptions options,
        CancellationToken cancellation)
    {
        _changes = changes;
        _kernels = second.Kernels!;
        _other = first.Kernels;
        _table = table;
        _cancellation = cancellation;
        long size = second.Graph!.ObjectCount + (long)second.Graph.DependencyCount + 1;
        _countMax = options.PlanCountMax > 0
            ? options.PlanCountMax
            : (int)Math.Clamp(WorkMax / size, CountLeast, CountMost);
    }

    /// <summary>Whether the models decide some phase differently.</summary>
    public bool HasOtherModel
    {
        get
        {
            foreach (Phase phase in Phases.All)
            {
                if (_other is not null && _other[phase] != _kernels[phase])
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether no further plan may be made.</summary>
    public bool IsSpent => _known.Count >= _countMax;

    /// <summary>The plan without some changes; null where no more plans may be made.</summary>
    /// <param name="changes">The changes, in any order.</param>
    /// <param name="isOfFirstModel">Whether it is made for the kernels of the first plan.</param>
    public CounterPlan? Of(ReadOnlySpan<int> changes, bool isOfFirstModel = false)
    {
        int[] sorted = changes.ToArray();
        Array.Sort(sorted);
        string name = (isOfFirstModel ? "first " : "") + string.Join(' ', sorted);
        if (!_known.TryGetValue(name, out CounterPlan? found))
        {
            if (IsSpent)
            {
                return null;
            }

            PlanResult result = Planner.Plan(
                _changes.Without(sorted), isOfFirstModel ? _other! : _kernels, null, _cancellation);
            found = new CounterPlan(result.TryGetPlan(out Plan? plan) ? plan : null, _table);
            _known.Add(name, found);
        }

        return found;
    }
}
