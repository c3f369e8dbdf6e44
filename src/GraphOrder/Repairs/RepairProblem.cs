using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Sessions that dependencies tie together, however indirectly, with all that is in them: what has to be
/// repaired together, and can be repaired without looking at the rest. Ids are its own, dense, in document
/// order. Thread-safe.
/// </summary>
/// <remarks>
/// The kernel's fixed beginning ties sessions together too, but no closed walk passes through it from one
/// problem into another: the way back would be a dependency.
/// </remarks>
internal sealed class RepairProblem
{
    // What one planning costs beside the objects, dependencies and sessions of its problem.
    private const int PlanningWork = 64;

    private static readonly NameTable NoNames = new();

    private readonly SessionEntry[] _sessions;
    private readonly PreservedObject[] _objects;
    private readonly Dependency[] _dependencies;
    private readonly PhaseSet[] _phases;
    private readonly bool[] _mayMove;
    private readonly EmptiedSessions _emptied;
    private readonly OrderLift _lift;
    private DependencyGraph? _unchanged;
    private List<Obstacle>? _obstacles;
    private int[][]? _filesBySession;

    public RepairProblem(
        KernelPair kernels,
        OrderLift lift,
        SessionEntry[] sessions,
        PreservedObject[] objects,
        Dependency[] dependencies,
        PhaseSet[] phases,
        bool[] mayMove,
        EmptiedSessions emptied)
    {
        Kernels = kernels;
        _sessions = sessions;
        _objects = objects;
        _dependencies = dependencies;
        _phases = phases;
        _mayMove = mayMove;
        _emptied = emptied;
        _lift = lift;
    }

    /// <summary>The kernels.</summary>
    public KernelPair Kernels { get; }

    /// <summary>How many sessions there are.</summary>
    public int SessionCount => _sessions.Length;

    /// <summary>What one planning costs.</summary>
    public long Work => PlanningWork + _objects.Length + _dependencies.Length + _sessions.Length;

    /// <summary>All dependencies.</summary>
    public ReadOnlySpan<Dependency> Dependencies => _dependencies;

    /// <summary>The phases in which each dependency binds before any repair.</summary>
    public ReadOnlySpan<PhaseSet> Phases => _phases;

    /// <summary>
    /// Whether another problem under the same kernels is this one with other names, so that what is found
    /// for one is found for both.
    /// </summary>
    public bool IsLike(RepairProblem other) =>
        _objects.AsSpan().SequenceEqual(other._objects)
        && _phases.AsSpan().SequenceEqual(other._phases)
        && _mayMove.AsSpan().SequenceEqual(other._mayMove)
        && AreLike(_sessions, other._sessions)
        && AreLike(_dependencies, other._dependencies)
        && _emptied.IsLike(other._emptied);

    /// <summary>Equal for problems that are alike.</summary>
    public int LikenessHash()
    {
        HashCode hash = default;
        hash.Add(_objects.Length);
        hash.Add(_sessions.Length);
        foreach (Dependency dependency in _dependencies)
        {
            hash.Add(dependency.Dependent);
            hash.Add(dependency.On);
            hash.Add(dependency.Weight);
        }

        return hash.ToHashCode();
    }

    /// <summary>Whether a dependency can be waived.</summary>
    public bool IsSoft(int dependency) =>
        _dependencies[dependency].Strength == DependencyStrength.Soft && !_phases[dependency].IsEmpty;

    /// <summary>What waiving a dependency costs.</summary>
    public long WeightOf(int dependency) => _dependencies[dependency].Weight;

    /// <summary>The session in which a file is.</summary>
    public int HomeOf(int file) => _objects[file].Session!.Value.Index;

    /// <summary>The file of an end; -1 for a session, an act and what the kernel moves.</summary>
    public int FileOf(DependencyEnd end) => end.IsSession ? -1
        : _objects[end.ObjectId.Index].IsFile ? end.ObjectId.Index
        : _objects[end.ObjectId.Index].Carrier?.Index ?? -1;

    /// <summary>Whether it matters to a dependency of a phase that both ends are in one session.</summary>
    public bool HangsOnSessions(Phase phase) => _lift.Of(phase, true) != _lift.Of(phase, false);

    /// <summary>
    /// Whether a file may change its session: the kernel has it not, no metadata that the kernel has names
    /// it, and no dependency names its session as a whole.
    /// </summary>
    public bool MayMove(int file) => _mayMove[file];

    /// <summary>Whether a session can be put into another one as a whole.</summary>
    public bool MayMerge(int session) =>
        _emptied.MayGo(session) && Array.TrueForAll(FilesOf(session), file => _mayMove[file]);

    /// <summary>The files of a session.</summary>
    public int[] FilesOf(int session) => (_filesBySession ??= FilesBySession())[session];

    /// <summary>The state in which sessions are put into others, as far as those are not put on.</summary>
    /// <param name="into">For each session the one into which it is put, or itself.</param>
    public RepairState Merged(int[] into)
    {
        RepairState state = RepairState.Unchanged;
        for (int session = 0; session < into.Length; session++)
        {
            int last = session;
            while (into[last] != last)
            {
                last = into[last];
            }

            state = last == session ? state : state.WithMoves(FilesOf(session), last);
        }

        return state;
    }

    /// <summary>What changes cost.</summary>
    public RepairCost CostOf(RepairState state)
    {
        long weight = 0;
        foreach (int dependency in state.Waived)
        {
            weight = RepairCost.Sum(weight, WeightOf(dependency));
        }

        (int Home, int Into)[] moves = new (int Home, int Into)[state.Moves.Count];
        int next = 0;
        HashSet<int>? added = null;
        foreach ((int file, int session) in state.Moves)
        {
            moves[next++] = (HomeOf(file), session);
            _ = session >= SessionCount && (added ??= []).Add(session);
        }

        return new RepairCost(weight, moves.Length, _emptied.After(moves).Count, added?.Count ?? 0);
    }

    /// <summary>What stands in the way of an order after changes; nothing where one exists.</summary>
    public List<Obstacle> ObstaclesOf(RepairState state, CancellationToken cancellation) =>
        state.IsUnchanged
            ? _obstacles ??= FinderFor(state).Find(cancellation)
            : FinderFor(state).Find(cancellation);

    /// <summary>The same with phases of its own for each dependency.</summary>
    public List<Obstacle> ObstaclesOf(RepairState state, PhaseSet[] phases, CancellationToken cancellation) =>
        new ObstacleFinder(this, GraphOf(state), _lift, phases).Find(cancellation);

    /// <summary>What finds the obstacles after changes.</summary>
    public ObstacleFinder FinderFor(RepairState state) =>
        new(this, GraphOf(state), _lift, PhasesOf(state));

    /// <summary>The phases in which each dependency binds after changes.</summary>
    public PhaseSet[] PhasesOf(RepairState state)
    {
        PhaseSet[] phases = [.. _phases];
        foreach (int dependency in state.Waived)
        {
            phases[dependency] = PhaseSet.None;
        }

        return phases;
    }

    private static bool AreLike(SessionEntry[] left, SessionEntry[] right)
    {
        bool areLike = left.Length == right.Length;
        for (int i = 0; areLike && i < left.Length; i++)
        {
            areLike = left[i].Created == right[i].Created
                && left[i].Preserved.AsSpan().SequenceEqual(right[i].Preserved.AsSpan());
        }

        return areLike;
    }

    // Who declared a dependency and why does not matter, but whether it is a description does.
    private static bool AreLike(Dependency[] left, Dependency[] right)
    {
        bool areLike = left.Length == right.Length;
        for (int i = 0; areLike && i < left.Length; i++)
        {
            areLike = left[i].Dependent == right[i].Dependent && left[i].On == right[i].On
                && left[i].Strength == right[i].Strength && left[i].Weight == right[i].Weight
                && left[i].Origin.Source == right[i].Origin.Source;
        }

        return areLike;
    }

    private int[][] FilesBySession()
    {
        List<int>[] files = [.. _sessions.Select(static _ => new List<int>())];
        for (int i = 0; i < _objects.Length; i++)
        {
            if (_objects[i].Session is { } session)
            {
                files[session.Index].Add(i);
            }
        }

        return [.. files.Select(static own => own.ToArray())];
    }

    // The rule table reads kinds and not sessions, so that the dependencies stay as they are.
    private DependencyGraph GraphOf(RepairState state)
    {
        if (state.Moves.IsEmpty)
        {
            return _unchanged ??= GraphOf([.. _sessions], [.. _objects]);
        }

        PreservedObject[] objects = [.. _objects];
        int sessionCount = SessionCount;
        foreach ((int file, int session) in state.Moves)
        {
            objects[file] = new PreservedObject(objects[file].Kind, new SessionId(session));
            sessionCount = Math.Max(sessionCount, session + 1);
        }

        List<SessionEntry> sessions = [.. _sessions];
        while (sessions.Count < sessionCount)
        {
            sessions.Add(new SessionEntry(default));
        }

        return GraphOf([.. sessions], [.. objects]);
    }

    private DependencyGraph GraphOf(
        ImmutableArray<SessionEntry> sessions, ImmutableArray<PreservedObject> objects) =>
        new(
            new SessionSet(NoNames, NoNames) { Sessions = sessions, Objects = objects },
            _dependencies,
            [],
            0);
}
