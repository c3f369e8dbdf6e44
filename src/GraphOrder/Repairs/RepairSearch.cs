namespace GraphOrder;

/// <summary>What a search may change.</summary>
[Flags]
internal enum RepairMoves : byte
{
    /// <summary>Single files, into other sessions.</summary>
    Files = 1,

    /// <summary>Single files, into one new session.</summary>
    NewSession = 2,

    /// <summary>Whole sessions, into other ones.</summary>
    Merges = 4,

    /// <summary>Soft dependencies.</summary>
    Waivers = 8,

    /// <summary>All of that, and as many new sessions as it takes.</summary>
    All = Files | NewSession | Merges | Waivers,
}

/// <summary>
/// Looks for changes that leave no obstacle, the cheapest first.
/// </summary>
/// <remarks>
/// Uniform-cost search. Whatever repairs a set does something about each obstacle of it: moves one of its
/// files or waives one of its dependencies. So a state that is no repair is followed by the states that do
/// one such thing more about one obstacle, and the first repair that comes out of the queue is the cheapest
/// there is. A state costs one planning; their number is bounded by a budget.
/// </remarks>
internal sealed class RepairSearch
{
    /// <summary>
    /// Up to so many sessions a file may move into any of them; beyond that only into those of the obstacle
    /// and into new ones, and the first repair is not proved to be the cheapest.
    /// </summary>
    public const int SessionCountMax = 8;

    // Of a longer walk only the first files and sessions are tried.
    private const int FilesTriedMax = 32;

    private readonly RepairProblem _problem;
    private readonly RepairMoves _moves;
    private readonly WorkBudget _budget;
    private readonly PriorityQueue<RepairState, (RepairCost Cost, long Number)> _queue = new();
    private readonly HashSet<string> _seen = [];
    private long _number;

    public RepairSearch(RepairProblem problem, RepairMoves moves, WorkBudget budget)
    {
        _problem = problem;
        _moves = moves;
        _budget = budget;
    }

    /// <summary>Whether something was not tried, so that a cheaper repair may exist.</summary>
    public bool IsNarrowed { get; private set; }

    /// <summary>The repairs, the cheapest first; none of them does all that another one does.</summary>
    /// <param name="countMax">How many to look for.</param>
    /// <param name="filesBeyond">
    /// How many files more than the first one a further one may move at most.
    /// </param>
    /// <param name="cancellation">Checked for each planning.</param>
    public List<RepairState> Run(int countMax, int filesBeyond, CancellationToken cancellation)
    {
        List<RepairState> found = [];
        Enqueue(RepairState.Unchanged);
        while (found.Count < countMax && _queue.TryDequeue(out RepairState? state, out _))
        {
            if (found.Exists(state.Includes))
            {
                continue;
            }

            bool isTooDear = found.Count > 0
                && (state.Moves.Count > found[0].Moves.Count + filesBeyond
                    || state.Waived.Count > found[0].Waived.Count);
            cancellation.ThrowIfCancellationRequested();
            if (isTooDear || !_budget.TrySpend(_problem.Work))
            {
                break;
            }

            List<Obstacle> obstacles = _problem.ObstaclesOf(state, cancellation);
            if (obstacles.Count == 0)
            {
                found.Add(state);
            }
            else
            {
                Branch(state, obstacles);
            }
        }

        return found;
    }

    // About the obstacle that leaves the fewest ways to go on; where it leaves none, the state is dead.
    private void Branch(RepairState state, List<Obstacle> obstacles)
    {
        List<RepairState>? fewest = null;
        foreach (Obstacle obstacle in obstacles)
        {
            List<RepairState> ways = WaysOn(state, obstacle);
            fewest = fewest is null || ways.Count < fewest.Count ? ways : fewest;
        }

        foreach (RepairState way in fewest!)
        {
            Enqueue(way);
        }
    }

    private List<RepairState> WaysOn(RepairState state, Obstacle obstacle)
    {
        List<RepairState> ways = [];
        IsNarrowed |= obstacle.Files.Length > FilesTriedMax || obstacle.Sessions.Length > FilesTriedMax
            || _problem.SessionCount > SessionCountMax;
        foreach (int file in obstacle.Files.AsSpan(0, Math.Min(obstacle.Files.Length, FilesTriedMax)))
        {
            if (!state.Moves.ContainsKey(file))
            {
                AddMoves(state, obstacle, file, ways);
            }
        }

        if (_moves.HasFlag(RepairMoves.Merges))
        {
            AddMerges(state, obstacle, ways);
        }

        for (int i = 0; _moves.HasFlag(RepairMoves.Waivers) && i < obstacle.Soft.Length; i++)
        {
            ways.Add(state.WithWaived([obstacle.Soft[i]]));
        }

        return ways;
    }

    private void AddMoves(RepairState state, Obstacle obstacle, int file, List<RepairState> ways)
    {
        int next = _problem.SessionCount;
        foreach (int session in state.Moves.Values)
        {
            next = Math.Max(next, session + 1);
        }

        if (_moves.HasFlag(RepairMoves.Files))
        {
            bool isAny = _problem.SessionCount <= SessionCountMax;
            int count = isAny
                ? _problem.SessionCount
                : Math.Min(obstacle.Sessions.Length, SessionCountMax);
            for (int i = 0; i < count; i++)
            {
                int session = isAny ? i : obstacle.Sessions[i];
                if (session < _problem.SessionCount && session != _problem.HomeOf(file))
                {
                    ways.Add(state.WithMove(file, session));
                }
            }
        }

        int newest = _moves == RepairMoves.All ? next : _problem.SessionCount;
        for (int session = _problem.SessionCount;
            _moves.HasFlag(RepairMoves.NewSession) && session <= newest;
            session++)
        {
            ways.Add(state.WithMove(file, session));
        }
    }

    private void AddMerges(RepairState state, Obstacle obstacle, List<RepairState> ways)
    {
        ReadOnlySpan<int> sessions = obstacle.Sessions.AsSpan(
            0, Math.Min(obstacle.Sessions.Length, SessionCountMax));
        foreach (int into in sessions)
        {
            foreach (int session in sessions)
            {
                int last = Math.Max(into, session);
                if (into == session || last >= _problem.SessionCount || !_problem.MayMerge(session))
                {
                    continue;
                }

                int[] files = _problem.FilesOf(session);
                if (!Array.Exists(files, state.Moves.ContainsKey))
                {
                    ways.Add(WithMerge(state, files, session, into));
                }
            }
        }
    }

    // What was put into the session before goes on with it.
    private static RepairState WithMerge(RepairState state, int[] files, int session, int into)
    {
        RepairState merged = state.WithMoves(files, into);
        foreach ((int file, int place) in state.Moves)
        {
            merged = place == session ? merged.WithMove(file, into) : merged;
        }

        return merged;
    }

    private void Enqueue(RepairState state)
    {
        if (_seen.Add(state.Key))
        {
            _queue.Enqueue(state, (_problem.CostOf(state), _number++));
        }
    }
}
