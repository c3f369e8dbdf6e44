namespace GraphOrder.Tests.Planning;

/// <summary>
/// Linux 7.3 by its definition alone: every order of creating, closing and finishing sessions, of
/// preserving and of retrieving files is tried, the timeline of each phase is written down, and each
/// dependency is looked up in it. Shares nothing with the planner. For up to eight objects and sessions
/// together.
/// </summary>
internal sealed class BruteForce
{
    private const int ItemMax = 8;

    private readonly SessionSet _set;
    private readonly int _objectCount;
    private readonly int _itemCount;
    private readonly int[] _fileOf;
    private readonly int[] _sessionOf;
    private readonly List<Choice> _choices = [];
    private readonly List<ulong> _retrieveTimelines = [];

    /// <summary>
    /// Prepares every timeline of a set's files and sessions; its dependencies do not matter yet.
    /// </summary>
    public BruteForce(SessionSet set)
    {
        _set = set;
        _objectCount = set.Objects.Length;
        _itemCount = _objectCount + set.Sessions.Length;
        Assert.That(_itemCount, Is.LessThanOrEqualTo(ItemMax));
        _fileOf = [.. set.Objects.Select((found, i) => found.IsFile ? i : found.Carrier?.Index ?? -1)];
        _sessionOf = [.. _fileOf.Select(file => file < 0 ? -1 : set.Objects[file].Session!.Value.Index)];
        int[] files = [.. Enumerable.Range(0, _objectCount).Where(id => _fileOf[id] == id)];
        List<int[]> sessionOrders = [.. Permutations([.. Enumerable.Range(0, set.Sessions.Length)])];
        foreach (int[] order in Permutations(files))
        {
            _retrieveTimelines.Add(Before(order));
            if (KeepsPreserved(order))
            {
                int[] backward = [.. order.Reverse()];
                _choices.Add(new Choice(
                    Before(order),
                    [.. sessionOrders.Where(KeepsCreated).Select(create => (
                        Before(Timeline(create, order)),
                        Before(Timeline([.. create.Reverse()], order))))],
                    [.. sessionOrders.Select(sessions => Before(Timeline(sessions, backward)))]));
            }
        }
    }

    /// <summary>An end as a number: an object's own, or a session's after all objects.</summary>
    public int Item(DependencyEnd end) =>
        end.IsSession ? _objectCount + end.SessionId.Index : end.ObjectId.Index;

    /// <summary>Whether some orders respect every dependency in every phase.</summary>
    public bool IsLegal(IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies)
    {
        ulong[] demanded = new ulong[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            bool[,] needs = Needs(dependencies, phase);
            if (HasCycleOfObjects(needs))
            {
                return false;
            }

            bool isBySession = phase is not (Phase.Preserve or Phase.Retrieve);
            demanded[(int)phase] = Demanded(ThroughKernelMoved(needs), phase.NeededGoesFirst(), isBySession);
        }

        return _retrieveTimelines.Exists(before => IsMet(demanded[(int)Phase.Retrieve], before))
            && _choices.Exists(choice => IsLegal(choice, demanded));
    }

    /// <summary>
    /// Whether these very orders respect every dependency in every phase and keep the beginning.
    /// </summary>
    public bool IsLegal(
        IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies,
        int[] preserve,
        int[] retrieve,
        int[] create,
        int[] close,
        int[] finish)
    {
        int[] backward = [.. preserve.Reverse()];
        ulong[] before = new ulong[Phases.Count];
        before[(int)Phase.Preserve] = Before(preserve);
        before[(int)Phase.Freeze] = Before(Timeline(create, preserve));
        before[(int)Phase.Unfreeze] = Before(Timeline([.. create.Reverse()], preserve));
        before[(int)Phase.Unpreserve] = Before(Timeline(close, backward));
        before[(int)Phase.Retrieve] = Before(retrieve);
        before[(int)Phase.Finish] = Before(Timeline(finish, backward));
        bool isLegal = KeepsPreserved(preserve) && KeepsCreated(create);
        foreach (Phase phase in Phases.All)
        {
            bool[,] needs = Needs(dependencies, phase);
            bool isBySession = phase is not (Phase.Preserve or Phase.Retrieve);
            ulong demanded = Demanded(ThroughKernelMoved(needs), phase.NeededGoesFirst(), isBySession);
            isLegal &= !HasCycleOfObjects(needs) && IsMet(demanded, before[(int)phase]);
        }

        return isLegal;
    }

    private static bool IsLegal(Choice choice, ulong[] demanded) =>
        IsMet(demanded[(int)Phase.Preserve], choice.Preserve)
        && choice.FreezeAndUnfreeze.Exists(before =>
            IsMet(demanded[(int)Phase.Freeze], before.Freeze) && IsMet(
                demanded[(int)Phase.Unfreeze], before.Unfreeze))
        && choice.SessionBySession.Exists(before => IsMet(demanded[(int)Phase.Unpreserve], before))
        && choice.SessionBySession.Exists(before => IsMet(demanded[(int)Phase.Finish], before));

    private static bool IsMet(ulong demanded, ulong before) => (demanded & ~before) == 0;

    // A timeline as a set of pairs: bit 8i + j says that item i comes before item j.
    private static ulong Before(int[] timeline)
    {
        ulong pairs = 0;
        for (int i = 0; i < timeline.Length; i++)
        {
            for (int j = i + 1; j < timeline.Length; j++)
            {
                pairs |= Pair(timeline[i], timeline[j]);
            }
        }

        return pairs;
    }

    private static ulong Pair(int first, int then) => 1UL << (ItemMax * first + then);

    // The kernel's lists only grow at their ends, and the calls that filled them were made already.
    private bool KeepsPreserved(int[] files)
    {
        int preservedCount = _set.Sessions.Sum(session => session.Preserved.Length);
        int[] beginning = files[..preservedCount];
        return Enumerable.Range(0, _set.Sessions.Length).All(session =>
            beginning.Where(file => _sessionOf[file] == session)
                .SequenceEqual(_set.Sessions[session].Preserved.Select(id => id.Index)));
    }

    private bool KeepsCreated(int[] sessions)
    {
        int[] created = [.. Enumerable.Range(0, sessions.Length).Where(
            session => _set.Sessions[session].Created)];
        return sessions.AsSpan(0, created.Length).SequenceEqual(created);
    }

    // Each session's own mark stands before its files, so that sessions without files have a place too.
    private int[] Timeline(int[] sessions, int[] files) =>
        [.. sessions.SelectMany(
            session => files.Where(file => _sessionOf[file] == session).Prepend(_objectCount + session))];

    private ulong Demanded(bool[,] needs, bool neededGoesFirst, bool isBySession)
    {
        ulong pairs = 0;
        for (int dependent = 0; dependent < _itemCount; dependent++)
        {
            for (int on = 0; on < _itemCount; on++)
            {
                if (needs[dependent, on] && !IsKernelMoved(dependent) && !IsKernelMoved(on))
                {
                    foreach ((int needing, int needed) in isBySession ? BySession(dependent, on) : ByFile(
                        dependent, on))
                    {
                        pairs |= neededGoesFirst ? Pair(needed, needing) : Pair(needing, needed);
                    }
                }
            }
        }

        return pairs;
    }

    // In preserve and retrieve a whole session stands for each of its files; a file is not ordered against
    // itself.
    private IEnumerable<(int Needing, int Needed)> ByFile(int dependent, int on) =>
        FilesOf(dependent).SelectMany(_ => FilesOf(on), (needing, needed) => (needing, needed))
            .Where(pair => pair.needing != pair.needed);

    // In the other phases it stands for its place among the sessions; nothing inside it is ordered against
    // it.
    private IEnumerable<(int Needing, int Needed)> BySession(int dependent, int on)
    {
        int dependentSession = dependent < _objectCount ? _sessionOf[dependent] : dependent - _objectCount;
        int onSession = on < _objectCount ? _sessionOf[on] : on - _objectCount;
        if (dependentSession != onSession)
        {
            yield return (_objectCount + dependentSession, _objectCount + onSession);
        }
        else if (dependent < _objectCount && on < _objectCount && _fileOf[dependent] != _fileOf[on])
        {
            yield return (_fileOf[dependent], _fileOf[on]);
        }
    }

    private IEnumerable<int> FilesOf(int item) => item < _objectCount
        ? [_fileOf[item]]
        : Enumerable.Range(0, _objectCount).Where(
            id => _fileOf[id] == id && _sessionOf[id] == item - _objectCount);

    private bool IsKernelMoved(int item) => item < _objectCount && _fileOf[item] < 0;

    private bool[,] Needs(IReadOnlyList<(int Dependent, int On, PhaseSet Phases)> dependencies, Phase phase)
    {
        bool[,] needs = new bool[_itemCount, _itemCount];
        foreach ((int dependent, int on, PhaseSet phases) in dependencies)
        {
            needs[dependent, on] |= phases.Contains(phase);
        }

        return needs;
    }

    private bool[,] ThroughKernelMoved(bool[,] needs) => Closed(needs, IsKernelMoved, _itemCount);

    private bool HasCycleOfObjects(bool[,] needs)
    {
        bool[,] paths = Closed(needs, _ => true, _objectCount);
        return Enumerable.Range(0, _objectCount).Any(id => paths[id, id]);
    }

    private static bool[,] Closed(bool[,] needs, Func<int, bool> mayLeadThrough, int itemCount)
    {
        bool[,] paths = (bool[,])needs.Clone();
        for (int through = 0; through < itemCount; through++)
        {
            for (int dependent = 0; mayLeadThrough(through) && dependent < itemCount; dependent++)
            {
                for (int on = 0; on < itemCount; on++)
                {
                    paths[dependent, on] |= paths[dependent, through] && paths[through, on];
                }
            }
        }

        return paths;
    }

    private static IEnumerable<int[]> Permutations(int[] items)
    {
        if (items.Length == 0)
        {
            yield return [];
            yield break;
        }

        for (int i = 0; i < items.Length; i++)
        {
            int[] rest = [.. items[..i], .. items[(i + 1)..]];
            foreach (int[] tail in Permutations(rest))
            {
                yield return [items[i], .. tail];
            }
        }
    }

    private sealed record Choice(
        ulong Preserve,
        List<(ulong Freeze, ulong Unfreeze)> FreezeAndUnfreeze,
        List<ulong> SessionBySession);
}
