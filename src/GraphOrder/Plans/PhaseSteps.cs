using System.Collections;

namespace GraphOrder;

/// <summary>The steps of one phase in the order in which they run. Immutable and thread-safe.</summary>
public sealed class PhaseSteps : IReadOnlyList<PlanStep>
{
    internal PhaseSteps(Phase phase, PlanNames names, PlanRow[] rows, int[] carried)
        : this(phase, names, new PlanRows(rows), carried)
    {
    }

    internal PhaseSteps(Phase phase, PlanNames names, PlanRows rows, int[] carried)
    {
        Phase = phase;
        Names = names;
        Rows = rows;
        Carried = carried;
    }

    /// <summary>The phase.</summary>
    public Phase Phase { get; }

    /// <inheritdoc/>
    public int Count => Rows.Length;

    internal PlanNames Names { get; }

    internal PlanRows Rows { get; }

    /// <summary>The carried objects of all steps, one step's after another's.</summary>
    internal int[] Carried { get; }

    /// <inheritdoc/>
    public PlanStep this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                (uint)index, (uint)Rows.Length, nameof(index));
            return new PlanStep(this, index);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<PlanStep> GetEnumerator()
    {
        for (int i = 0; i < Rows.Length; i++)
        {
            yield return new PlanStep(this, i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
