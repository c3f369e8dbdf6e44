using System.Collections;

namespace GraphOrder;

/// <summary>
/// The steps of a phase as rows. What six phases have in common, a row for each thing that moves, they hold
/// once together; of its own a phase has the order of these rows and, where nothing else tells them, the
/// waves. Immutable.
/// </summary>
internal sealed class PlanRows : IEnumerable<PlanRow>
{
    private readonly PlanRow[] _things;
    private readonly int[]? _order;
    private readonly WaveSource _source;
    private readonly int[] _waves = [];

    /// <summary>Rows that are steps as they stand.</summary>
    public PlanRows(PlanRow[] steps) => _things = steps;

    /// <summary>Rows that several phases share.</summary>
    /// <param name="things">One for each thing that moves; their waves mean nothing.</param>
    /// <param name="order">The row of each step.</param>
    /// <param name="source">Where the wave of a step stands.</param>
    /// <param name="waves">The waves.</param>
    public PlanRows(PlanRow[] things, int[] order, WaveSource source, int[] waves)
    {
        _things = things;
        _order = order;
        _source = source;
        _waves = waves;
    }

    /// <summary>How many steps there are.</summary>
    public int Length => _order?.Length ?? _things.Length;

    /// <summary>A step.</summary>
    public PlanRow this[int step]
    {
        get
        {
            ref readonly PlanRow row = ref Of(step, out int wave);
            return row with { Wave = wave };
        }
    }

    /// <summary>What a step moves, and its wave, which is not that of the row.</summary>
    public ref readonly PlanRow Of(int step, out int wave)
    {
        int thing = _order is null ? step : _order[step];
        ref readonly PlanRow row = ref _things[thing];
        wave = _order is null ? row.Wave : _source switch
        {
            WaveSource.Step => _waves[step],
            WaveSource.Thing => _waves[thing],
            WaveSource.Session => _waves[row.Session],
            _ => step,
        };
        return ref row;
    }

    /// <inheritdoc/>
    public IEnumerator<PlanRow> GetEnumerator()
    {
        for (int step = 0; step < Length; step++)
        {
            yield return this[step];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
