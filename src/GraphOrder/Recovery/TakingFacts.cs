namespace GraphOrder;

/// <summary>
/// What is known of each object and act before acts are taken in a phase. Filled while a recovery is set up
/// and not changed afterwards.
/// </summary>
internal sealed class TakingFacts
{
    private const long PlaceBase = 1L << 32;

    private readonly DependencyGraph _graph;
    private readonly PhaseRule _rule;
    private readonly TakingUnits _units;
    private readonly InsidePositions _positions;
    private readonly int[] _firstMemberOf;
    private readonly int[] _members;
    private readonly bool[] _isAct;
    private readonly bool[] _waits;
    private readonly bool[] _isSatisfied;
    private readonly bool[] _neverInside;
    private readonly int[]? _rankOf;
    private readonly int[]? _actOf;

    /// <summary>Facts of which nothing is known yet: nothing waits, nothing is satisfied, no act is one.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rule">The phase.</param>
    /// <param name="positions">Where files stand inside their sessions.</param>
    /// <param name="firstActs">Acts in the order in which they are preferred, each once; null for document
    /// order.</param>
    public TakingFacts(DependencyGraph graph, PhaseRule rule, InsidePositions positions, int[]? firstActs)
    {
        _graph = graph;
        _rule = rule;
        _positions = positions;
        _units = new TakingUnits(graph, rule);
        _isAct = new bool[_units.Count];
        _waits = new bool[graph.ObjectCount];
        _isSatisfied = new bool[graph.ObjectCount];
        _neverInside = new bool[graph.ObjectCount];
        _actOf = firstActs;
        if (firstActs is not null)
        {
            _rankOf = new int[_units.Count];
            for (int rank = 0; rank < firstActs.Length; rank++)
            {
                _rankOf[firstActs[rank]] = rank;
            }
        }

        _firstMemberOf = new int[_units.Count + 1];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            _firstMemberOf[ActOf(i) + 1]++;
        }

        _firstMemberOf[0] = 0;
        for (int act = 0; act < _units.Count; act++)
        {
            _firstMemberOf[act + 1] += _firstMemberOf[act];
        }

        int[] next = [.. _firstMemberOf];
        _members = new int[_firstMemberOf[^1]];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (ActOf(i) is var act and >= 0)
            {
                _members[next[act]++] = i;
            }
        }
    }

    /// <summary>What an act moves.</summary>
    public TakingUnits Units => _units;

    /// <summary>How many numbers acts have.</summary>
    public int ActCount => _units.Count;

    /// <summary>Says that an act may be taken once nothing stands in its way.</summary>
    public void SetAct(int act, bool isAct) => _isAct[act] = isAct;

    /// <summary>
    /// Says what is known of an object that is in a file; of what the kernel moves nothing is known.
    /// </summary>
    /// <param name="id">The object.</param>
    /// <param name="waits">Whether it has still to move, and so waits for others.</param>
    /// <param name="isSatisfied">Whether whoever waits for it need not wait any more.</param>
    /// <param name="neverInside">
    /// Whether whoever waits for it waits for the end of its whole act, and so cannot be in the same one.
    /// </param>
    public void Set(ObjectId id, bool waits, bool isSatisfied, bool neverInside)
    {
        _waits[id.Index] = waits && ActOf(id.Index) >= 0;
        _isSatisfied[id.Index] = isSatisfied;
        _neverInside[id.Index] = neverInside;
    }

    /// <summary>Whether an act may be taken once nothing stands in its way.</summary>
    public bool IsAct(int act) => _isAct[act];

    /// <summary>Whether an object waits for others.</summary>
    public bool Waits(int vertex) => vertex < _waits.Length && _waits[vertex];

    /// <summary>Whether whoever waits for an object need not wait any more.</summary>
    public bool IsSatisfied(int vertex) => _isSatisfied[vertex];

    /// <summary>The act that moves an object; -1 where the kernel moves it.</summary>
    public int ActOf(int vertex) => _units.Of(new ObjectId(vertex));

    /// <summary>The objects that an act moves, in document order.</summary>
    public ReadOnlySpan<int> MembersOf(int act) =>
        _members.AsSpan(_firstMemberOf[act], _firstMemberOf[act + 1] - _firstMemberOf[act]);

    /// <summary>The place of an act in the order in which acts are preferred.</summary>
    public int RankOf(int act) => _rankOf is null ? act : _rankOf[act];

    /// <summary>The act of a place.</summary>
    public int ActOfRank(int rank) => _actOf is null ? rank : _actOf[rank];

    /// <summary>Whether an object moves no later than another one of its act that waits for it.</summary>
    public bool MovesInTime(int waiter, int awaited) =>
        MovesInTime(waiter, LatestOf(waiter, awaited));

    /// <summary>Whether objects of one act move no later than another one of it that waits for them.
    /// </summary>
    public bool MovesInTime(int waiter, Latest awaited)
    {
        int step = StepOf(waiter);
        bool isNever = awaited.NeverStep != 0 && awaited.NeverStep != step;
        bool isInPlace = awaited.Place == 0 || awaited.PlaceStep == step || awaited.Place < PlaceOf(waiter);
        return !isNever && isInPlace;
    }

    /// <summary>When an object moves inside its act, for somebody who waits for it.</summary>
    public Latest LatestOf(int waiter, int awaited)
    {
        // A session as an end orders sessions; inside its own it orders nothing.
        if (waiter >= _graph.ObjectCount && !_rule.Between.IsInterleaved)
        {
            return default;
        }

        bool isPlaced = _rule.ReadsPreserveOrder && !_rule.Between.IsInterleaved;
        long place = isPlaced ? PlaceOf(awaited) : 0;
        bool isNever = _neverInside[awaited] || (isPlaced && place == 0);
        return new Latest(place, isNever ? StepOf(awaited) : 0, StepOf(awaited));
    }

    private int StepOf(int vertex) => 1 + _units.StepOf(new ObjectId(vertex));

    private long PlaceOf(int vertex) =>
        _positions.Of(_rule, new ObjectId(vertex)) is { } place ? PlaceBase + place : 0;
}
