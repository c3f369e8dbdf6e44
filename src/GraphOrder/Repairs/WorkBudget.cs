namespace GraphOrder;

/// <summary>
/// How much may still be planned. Counted in work, not in time, so that every machine gives the same answer.
/// Not thread-safe.
/// </summary>
internal sealed class WorkBudget
{
    private readonly WorkBudget? _whole;
    private long _left;

    public WorkBudget(long work) => _left = work;

    private WorkBudget(WorkBudget whole, long work)
        : this(work) => _whole = whole;

    /// <summary>Whether it is used up.</summary>
    public bool IsSpent => _left <= 0 || _whole is { IsSpent: true };

    /// <summary>A part of what is left; what is taken from it is taken from this too.</summary>
    public WorkBudget Part(int parts) => new(this, _left / parts);

    /// <summary>Takes from it; false where nothing is left.</summary>
    public bool TrySpend(long work)
    {
        if (IsSpent)
        {
            return false;
        }

        for (WorkBudget? budget = this; budget is not null; budget = budget._whole)
        {
            budget._left -= work;
        }

        return true;
    }
}
