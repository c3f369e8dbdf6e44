namespace GraphOrder;

/// <summary>
/// The canonical order of retrieving: session by session, so that the first guest does not wait for the last.
/// Sessions go by their own waves; those that need one another are taken together, file by file in waves. It
/// stands for one graph until it reads another one.
/// </summary>
internal sealed class RetrieveOrder
{
    private readonly PrecedenceGraph _sessions = new();
    private readonly PrecedenceGraph _condensed = new();
    private readonly PrecedenceOrder _order;
    private int[] _groupOf = [];
    private int[] _sortedSessions = [];
    private int[] _places = [];
    private int[] _firstOfGroup = [];
    private int[] _sorted = [];
    private int[] _steps = [];
    private int _stepCount;

    /// <summary>The order of no graph yet.</summary>
    /// <param name="scratch">What orders that are solved one after another share.</param>
    public RetrieveOrder(OrderScratch scratch) => _order = new PrecedenceOrder(scratch);

    /// <summary>Files and acts in that order, as vertices.</summary>
    public ReadOnlySpan<int> Steps => _steps.AsSpan(0, _stepCount);

    /// <summary>Forgets what stood here: nothing is retrieved file by file.</summary>
    public void Clear() => _stepCount = 0;

    /// <summary>Orders the files and acts of a graph. O(V + E + V log V).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="orders">Its orders.</param>
    /// <param name="number">The number of the order in which files are retrieved.</param>
    /// <param name="cancellation">Checked at least once for each 4,096 sessions.</param>
    public void Read(DependencyGraph graph, SolvedOrders orders, int number, CancellationToken cancellation)
    {
        int sessionCount = graph.SessionCount;
        ReadOnlySpan<int> sessionOf = orders.Acts.SessionsOf(number);
        _stepCount = orders.Acts.StepCount(number);
        Span<int> sorted = Scratch.Take(ref _sorted, _stepCount);
        orders.Acts.Sort(number, orders[number], sorted);
        _sessions.Begin(sessionCount);
        if (orders.MayConnectSessions(number))
        {
            AddQuotient(_sessions, orders.ConstraintsOf(number), sessionOf);
        }

        FindGroups(sessionCount, cancellation);
        // Stable by counting: inside a group the order by wave and position stays.
        Span<int> firstOfGroup = Scratch.TakeZeros(ref _firstOfGroup, sessionCount + 1);
        foreach (int step in sorted)
        {
            firstOfGroup[GroupOf(sessionOf[step]) + 1]++;
        }

        for (int group = 0; group < sessionCount; group++)
        {
            firstOfGroup[group + 1] += firstOfGroup[group];
        }

        Span<int> steps = Scratch.Take(ref _steps, _stepCount);
        foreach (int step in sorted)
        {
            steps[firstOfGroup[GroupOf(sessionOf[step])]++] = step;
        }
    }

    // Files and acts become their sessions; what connects them connects sessions.
    private static void AddQuotient(
        PrecedenceGraph sessions, PrecedenceGraph files, ReadOnlySpan<int> sessionOf)
    {
        int connectors = sessions.VertexCount;
        for (int i = files.StepCount; i < files.VertexCount; i++)
        {
            sessions.AddConnector();
        }

        for (int arc = 0; arc < files.ArcCount; arc++)
        {
            int first = files.Firsts[arc];
            int then = files.Thens[arc];
            sessions.AddArc(
                files.IsStep(first) ? sessionOf[first] : connectors + first - files.StepCount,
                files.IsStep(then) ? sessionOf[then] : connectors + then - files.StepCount,
                files.Labels[arc]);
        }
    }

    // The place of a session among the groups of sessions that are retrieved together.
    private int GroupOf(int session) => _places[_groupOf[session]];

    private void FindGroups(int sessionCount, CancellationToken cancellation)
    {
        _order.Solve(_sessions, cancellation);
        Span<int> groupOf = Scratch.Take(ref _groupOf, _sessions.VertexCount);
        for (int vertex = 0; vertex < groupOf.Length; vertex++)
        {
            groupOf[vertex] = vertex;
        }

        if (!_order.IsPossible)
        {
            foreach (int[] component in _order.Contradictions)
            {
                foreach (int vertex in component)
                {
                    groupOf[vertex] = component[0];
                }
            }

            Condense(groupOf);
            _order.Solve(_condensed, cancellation);
        }

        Span<int> sorted = Scratch.Take(ref _sortedSessions, sessionCount);
        _order.Sort(sorted);
        Span<int> places = Scratch.Take(ref _places, sessionCount);
        for (int place = 0; place < sorted.Length; place++)
        {
            places[sorted[place]] = place;
        }
    }

    private void Condense(ReadOnlySpan<int> groupOf)
    {
        _condensed.Begin(_sessions.StepCount);
        for (int i = _sessions.StepCount; i < _sessions.VertexCount; i++)
        {
            _condensed.AddConnector();
        }

        for (int arc = 0; arc < _sessions.ArcCount; arc++)
        {
            _condensed.AddArc(
                groupOf[_sessions.Firsts[arc]], groupOf[_sessions.Thens[arc]], _sessions.Labels[arc]);
        }
    }
}
