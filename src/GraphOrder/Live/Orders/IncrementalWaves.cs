namespace GraphOrder;

/// <summary>
/// The wave of each vertex, which is the number of steps on the longest path that leads to it, kept while
/// arcs come and go. A vertex knows how many of its arcs make its wave; only where the last of them leaves,
/// the others are looked at. Not thread-safe.
/// </summary>
/// <remarks>
/// Arcs are noted as they come and counted at <see cref="Settle()"/>, which goes by waves as they were, so
/// that a vertex is looked at after what leads to it. O(what has come and gone, and the vertices whose wave
/// is another with their arcs), times the logarithm of what waits; a vertex that several new arcs put
/// later and
/// later is looked at once for each. There is no cycle when it settles.
/// </remarks>
internal sealed class IncrementalWaves<TArcs>(TArcs arcs)
    where TArcs : struct, IWaveArcs
{
    private const int None = -1;

    private readonly List<int> _came = [];
    private readonly List<int> _changed = [];
    private readonly List<int> _stepCounts = [];
    private readonly PriorityQueue<int, int> _open = new();
    private VertexWave[] _states = new VertexWave[16];
    private ArcState[] _arcs = new ArcState[16];

    private enum ArcState : byte
    {
        Unknown = 0,
        Counted = 1,
        Noted = 2,
    }

    /// <summary>The wave of a vertex, as it was settled.</summary>
    public int this[int vertex] => _states[vertex].Settled;

    /// <summary>The last wave of a step; 0 where there is none.</summary>
    public int Last
    {
        get
        {
            int last = _stepCounts.Count - 1;
            while (last > 0 && _stepCounts[last] == 0)
            {
                last--;
            }

            return Math.Max(last, 0);
        }
    }

    /// <summary>The vertices that came, left or changed their wave since <see cref="Forget"/>.</summary>
    public List<int> Changed => _changed;

    /// <summary>A vertex has come.</summary>
    public void Enter(int vertex)
    {
        if (vertex >= _states.Length)
        {
            Array.Resize(ref _states, Math.Max(vertex + 1, 2 * _states.Length));
        }

        bool isChanged = _states[vertex].IsChanged;
        _states[vertex] = new VertexWave
        {
            IsThere = true,
            IsChanged = isChanged,
            IsStep = arcs.IsStep(vertex),
        };
        Count(vertex, 1);
        Mark(vertex);
    }

    /// <summary>A vertex leaves, after its arcs.</summary>
    public void Leave(int vertex)
    {
        Count(vertex, -1);
        _states[vertex].IsThere = false;
        Mark(vertex);
    }

    /// <summary>An arc has come.</summary>
    public void Add(int arc)
    {
        if (arc >= _arcs.Length)
        {
            Array.Resize(ref _arcs, Math.Max(arc + 1, 2 * _arcs.Length));
        }

        if ((_arcs[arc] & ArcState.Noted) == 0)
        {
            _arcs[arc] |= ArcState.Noted;
            _came.Add(arc);
        }
    }

    /// <summary>An arc leaves.</summary>
    public void Remove(int arc)
    {
        if (arc < _arcs.Length && (_arcs[arc] & ArcState.Counted) != 0)
        {
            _arcs[arc] &= ~ArcState.Counted;
            Lose(arcs.EndOf(arc, false), ValueOf(arcs.EndOf(arc, true)));
        }
    }

    /// <summary>Counts the arcs of a vertex anew, since others of them count now.</summary>
    public void Recount(int vertex)
    {
        foreach (bool isOut in (ReadOnlySpan<bool>)[true, false])
        {
            for (int arc = arcs.FirstArc(vertex, isOut); arc != None; arc = arcs.NextArc(arc, isOut))
            {
                Remove(arc);
                Add(arc);
            }
        }
    }

    /// <summary>Counts what has come, and brings all waves after it.</summary>
    public void Settle()
    {
        foreach (int arc in _came)
        {
            bool isCounted = (_arcs[arc] & ArcState.Counted) != 0;
            _arcs[arc] &= ~ArcState.Noted;
            if (!isCounted && arcs.Counts(arc))
            {
                _arcs[arc] = ArcState.Counted;
                Gain(arcs.EndOf(arc, false), ValueOf(arcs.EndOf(arc, true)));
            }
        }

        _came.Clear();
        while (_open.TryDequeue(out int vertex, out _))
        {
            if (_states[vertex].IsThere)
            {
                Settle(vertex);
            }
        }
    }

    /// <summary>Begins to note changes anew.</summary>
    public void Forget()
    {
        foreach (int vertex in _changed)
        {
            _states[vertex].IsChanged = false;
        }

        _changed.Clear();
    }

    private void Settle(int vertex)
    {
        ref VertexWave settled = ref _states[vertex];
        if (settled.MakingCount == 0 && settled.Wave > 0)
        {
            Recompute(vertex);
        }

        if (settled.Wave == settled.Settled)
        {
            return;
        }

        int old = ValueOf(vertex);
        Count(vertex, -1);
        settled.Settled = settled.Wave;
        Count(vertex, 1);
        Mark(vertex);
        int value = ValueOf(vertex);
        int arc = value == old ? None : arcs.FirstArc(vertex, true);
        for (; arc != None; arc = arcs.NextArc(arc, true))
        {
            if (arc < _arcs.Length && (_arcs[arc] & ArcState.Counted) != 0)
            {
                int then = arcs.EndOf(arc, false);
                Gain(then, value);
                Lose(then, old);
            }
        }
    }

    private void Recompute(int vertex)
    {
        ref VertexWave found = ref _states[vertex];
        found.Wave = 0;
        for (int arc = arcs.FirstArc(vertex, false); arc != None; arc = arcs.NextArc(arc, false))
        {
            if (arc < _arcs.Length && (_arcs[arc] & ArcState.Counted) != 0)
            {
                int value = ValueOf(arcs.EndOf(arc, true));
                found.MakingCount = value == found.Wave ? found.MakingCount + 1
                    : value > found.Wave ? 1
                    : found.MakingCount;
                found.Wave = Math.Max(found.Wave, value);
            }
        }
    }

    // What a vertex says of those that follow it.
    private int ValueOf(int vertex) => arcs.IsBorder(vertex)
        ? 0
        : _states[vertex].Settled + (_states[vertex].IsStep ? 1 : 0);

    private void Gain(int vertex, int value)
    {
        ref VertexWave gaining = ref _states[vertex];
        if (value > gaining.Wave)
        {
            gaining.Wave = value;
            gaining.MakingCount = 1;
            _open.Enqueue(vertex, value);
        }
        else if (value == gaining.Wave)
        {
            gaining.MakingCount++;
        }
    }

    private void Lose(int vertex, int value)
    {
        ref VertexWave losing = ref _states[vertex];
        if (value == losing.Wave && --losing.MakingCount == 0)
        {
            _open.Enqueue(vertex, value);
        }
    }

    private void Count(int vertex, int count)
    {
        if (_states[vertex].IsStep)
        {
            while (_stepCounts.Count <= _states[vertex].Settled)
            {
                _stepCounts.Add(0);
            }

            _stepCounts[_states[vertex].Settled] += count;
        }
    }

    private void Mark(int vertex)
    {
        if (!_states[vertex].IsChanged)
        {
            _states[vertex].IsChanged = true;
            _changed.Add(vertex);
        }
    }

    // MakingCount arcs say Wave; Settled is what those that follow have been told.
    private struct VertexWave
    {
        public int Wave;
        public int Settled;
        public int MakingCount;
        public bool IsThere;
        public bool IsStep;
        public bool IsChanged;
    }
}
