namespace GraphOrder.PageTables;

/// <content>One walk by several threads.</content>
internal sealed partial class TreeWalk<TFormat, TMemory, TScanner, TPrediction>
{
    // What this walk streams, before sign extension. It begins and ends where a table of level 1 does, so
    // that no leaf and no group of leaves lies on both sides.
    private ulong _firstIova;
    private ulong _lastIova = ulong.MaxValue;
    private long _parted;

    /// <summary>Walks with one thread for each sink.</summary>
    /// <param name="sinks">
    /// Each takes a part, in the order of input addresses; where the parts cannot be told apart the first
    /// takes all.
    /// </param>
    public WalkSummary Run<TSink>(TSink[] sinks) where TSink : struct, ILeafSink
    {
        RootCheck<TFormat> root = new(_rules, top, topLevel);
        if (!TryBegin(root, ref sinks[0]))
        {
            return _report.Summary;
        }

        SurveyAll(ref sinks[0]);
        ulong[] borders = _isTree ? Borders(sinks.Length) : [];

        // The first table says what attributes all leaves should have.
        if (borders.Length > 0)
        {
            _lastIova = borders[0] - 1;
            Stream(ref sinks[0]);
            _firstIova = borders[0];
            _lastIova = ulong.MaxValue;
        }

        if (_reader?.FirstAttributes is null || borders.Length < 2)
        {
            Stream(ref sinks[0]);
            _report.EndRun(_tables, ref sinks[0]);
            return _report.Summary;
        }

        Stream(sinks, borders);
        return _report.Summary;
    }

    private void Stream<TSink>(TSink[] sinks, ulong[] borders) where TSink : struct, ILeafSink
    {
        TreeWalk<TFormat, TMemory, TScanner, TPrediction>[] parts = new TreeWalk<TFormat, TMemory, TScanner,
            TPrediction>[borders.Length];
        parts[0] = this;
        for (int i = 1; i < parts.Length; i++)
        {
            parts[i] = new(
                top, topLevel, _memory, facts, limits, workspace.Part(i - 1), _prediction, cancellation);
            parts[i].BeginPart(_reader.FirstAttributes);
        }

        for (int i = 0; i < parts.Length; i++)
        {
            parts[i]._firstIova = borders[i];
            parts[i]._lastIova = i + 1 < borders.Length ? borders[i + 1] - 1 : ulong.MaxValue;
        }

        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = parts.Length,
            CancellationToken = cancellation,
        };
        Parallel.For(0, parts.Length, options, i => parts[i].Stream(ref sinks[i]));
        for (int i = 1; i < parts.Length; i++)
        {
            WalkReport report = parts[i]._report;
            ref TSink before = ref sinks[i - 1];
            _report.Summary.Add(report.Summary);
            _report.GoOnFrom(report.Held, _tables, ref before);
            _report.GoOnFrom(report.Run, _tables, ref before);
        }

        _report.EndRun(_tables, ref sinks[^1]);
    }

    private void BeginPart(ulong? attributes)
    {
        _report = new(new([]), facts, limits);
        _report.HoldFirst();
        _reader = new(_rules) { FirstAttributes = attributes };
        _rows = new(_rules, _report, _tables);
        LookFromAfresh();
        Enter(topLevel, top, 0, facts.RootAccess);
        TryLoad(topLevel);
    }

    // Where parts begin, with about as many tables each; the first behind the first table of level 1.
    private ulong[] Borders(int parts)
    {
        List<PointerTable> tables = workspace.Pointers;
        if (tables.Count < 2)
        {
            return [];
        }

        List<ulong> borders = [tables[1].Iova];
        long first = tables[1].TablesMet;
        long all = _tables.Count - first;
        foreach (PointerTable table in tables[2..])
        {
            bool isBehind = (table.TablesMet - first) * parts >= all * borders.Count;
            if (isBehind && borders.Count < parts)
            {
                borders.Add(table.Iova);
            }
        }

        return [.. borders];
    }

    // Whether a table is to be looked at. Walked by several threads, tables that reach over a border are
    // looked at once by each: as many as there are, should the image change meanwhile.
    private bool TryStream(ulong table, int level) => _firstIova == 0 && _lastIova == ulong.MaxValue
        ? _tables.TryStream(table, level)
        : _tables.LevelOf(table) == level && _parted++ < _tables.Count;

    private bool IsParted(in TableFrame<TFormat> frame) =>
        frame.Iova < _firstIova || frame.End < frame.Items;

    // Looks at a table, or at the part of it that belongs to this walk.
    private void Begin(int level)
    {
        Count(level);
        Scan(level);
        if (level < 2 || (_firstIova == 0 && _lastIova == ulong.MaxValue))
        {
            return;
        }

        ref TableFrame<TFormat> frame = ref _frames[level];
        if (frame.Iova < _firstIova)
        {
            frame.Index = (int)Math.Min((ulong)frame.Items, (_firstIova - frame.Iova) >> ItemLg2(level));
        }

        // The last part has all that is left, even root items whose addresses do not fit into 64 bits.
        if (frame.Iova <= _lastIova && _lastIova != ulong.MaxValue)
        {
            frame.End = (int)Math.Min((ulong)frame.Items, ((_lastIova - frame.Iova) >> ItemLg2(level)) + 1);
        }
    }
}
