namespace GraphOrder.Tests.Recovery;

/// <summary>
/// The contract's rules told again, slowly: every order of retrieving and of releasing is tried, over pairs
/// of objects in which paths through the kernel's own are written out.
/// </summary>
internal sealed class RecoveryOracle
{
    private readonly SessionSet _set;
    private readonly HostState _state;
    private readonly bool _isTogether;
    private readonly HashSet<ObjectKind> _demanded;
    private readonly string[]? _preserved;
    private readonly HashSet<int> _assumed;
    private readonly List<(int Dependent, int On)> _retrieve;
    private readonly List<(int Dependent, int On)> _finish;

    /// <summary>An oracle for a model that finishes sessions.</summary>
    /// <param name="set">The set: declared dependencies between objects only.</param>
    /// <param name="state">How far the host came.</param>
    /// <param name="isTogether">Whether what is in a session is released together; else file by file in
    /// reverse of the preserve order.</param>
    /// <param name="demanded">Kinds whose unretrieved files make finish fail.</param>
    /// <param name="preserved">The ids of files in preserve order; null where nobody knows it.</param>
    /// <param name="assumed">Objects that are said to be quiet.</param>
    public RecoveryOracle(
        SessionSet set,
        HostState state,
        bool isTogether,
        HashSet<ObjectKind> demanded,
        string[]? preserved,
        HashSet<int>? assumed = null)
    {
        _set = set;
        _state = state;
        _isTogether = isTogether;
        _demanded = demanded;
        _preserved = preserved;
        _assumed = assumed ?? [];
        _retrieve = Pairs(Phase.Retrieve);
        _finish = Pairs(Phase.Finish);
    }

    /// <summary>The largest set of files that some order of retrieving brings back.</summary>
    public HashSet<int> LargestRetrieve()
    {
        HashSet<int> largest = [];
        Search([], Files().ToArray(), CanRetrieve, ref largest, []);
        return largest;
    }

    /// <summary>The largest set of sessions that some order of releasing lets go of.</summary>
    public HashSet<int> LargestFinish(HashSet<int> retrieved)
    {
        HashSet<int> largest = [];
        Search(
            [],
            Enumerable.Range(0, _set.Sessions.Length).ToArray(),
            (session, earlier) => WhyNotFinish(session, earlier, retrieved) is null,
            ref largest,
            []);
        return largest;
    }

    /// <summary>Whether a file can be retrieved after others.</summary>
    public bool CanRetrieve(int file, HashSet<int> earlier)
    {
        if (_state[new ObjectId(file)] != FileState.Untouched)
        {
            return false;
        }

        return _retrieve.TrueForAll(pair => FileOf(pair.Dependent) != file || FileOf(pair.On) == file
            || earlier.Contains(FileOf(pair.On))
            || _state[new ObjectId(pair.On)] is FileState.Retrieved or FileState.Finished);
    }

    /// <summary>Why a session cannot be finished after others; null where it can.</summary>
    public string? WhyNotFinish(int session, HashSet<int> earlier, HashSet<int> retrieved)
    {
        if (_state[new SessionId(session)] is not (SessionState.Held or SessionState.Retrieved))
        {
            return "it is not there";
        }

        foreach (int file in Files().Where(file => SessionOf(file) == session))
        {
            bool isUntouched = _state[new ObjectId(file)] == FileState.Untouched && !retrieved.Contains(file);
            bool isUnretrieved = isUntouched || _state[new ObjectId(file)] == FileState.Failed;
            if (isUntouched || (isUnretrieved && _demanded.Contains(_set.Objects[file].Kind)))
            {
                return $"o{file} would be discarded, or the kernel says EBUSY";
            }
        }

        foreach ((int dependent, int on) in _finish)
        {
            bool concerns = SessionOf(on) == session && !IsFinished(on)
                && FileOf(dependent) != FileOf(on);
            if (concerns && !IsQuiet(dependent, retrieved) && !earlier.Contains(SessionOf(dependent))
                && !IsReleasedInTime(dependent, on, retrieved))
            {
                return $"o{dependent} needs o{on}";
            }
        }

        return null;
    }

    /// <summary>The violated dependencies, each by the file that needs and the object that is gone.</summary>
    public HashSet<(int File, int On)> Broken(HashSet<int> retrieved)
    {
        HashSet<(int, int)> broken = [];
        foreach ((int dependent, int on) in _finish)
        {
            FileState came = _state[new ObjectId(on)];
            bool isGone = IsFinished(on)
                || (_set.Objects[on].Kind == ObjectKind.Memfd && came is FileState.Failed or FileState.Lost);
            if (FileOf(dependent) != FileOf(on) && isGone && !IsQuiet(dependent, retrieved))
            {
                broken.Add((FileOf(dependent), on));
            }
        }

        return broken;
    }

    private bool IsReleasedInTime(int dependent, int on, HashSet<int> retrieved)
    {
        if (SessionOf(dependent) != SessionOf(on) || !IsRetrieved(dependent, retrieved))
        {
            return false;
        }

        return _isTogether || (_preserved is not null && PlaceOf(dependent) > PlaceOf(on));
    }

    private int PlaceOf(int id) =>
        Array.IndexOf(_preserved!, _set.NameOf(new ObjectId(FileOf(id))));

    private bool IsQuiet(int id, HashSet<int> retrieved)
    {
        bool mayWrite = MayWrite(id) || (_set.Objects[id].IsFile
            && Enumerable.Range(0, _set.Objects.Length).Any(
                other => _set.Objects[other].Carrier == new ObjectId(id) && MayWrite(other)));
        return IsFinished(id) || _assumed.Contains(id) || (!IsRetrieved(id, retrieved) && !mayWrite);
    }

    private bool MayWrite(int id) => _set.Objects[id].Kind.Name
        is "iommufd" or "ioas" or "hwpt" or "hwpt-nested" or "iommu_domain" or "viommu" or "vdevice"
        or "vfio-device" || _set.Objects[id].Kind.IsCustom;

    private bool IsFinished(int id) => _state[new ObjectId(id)] == FileState.Finished
        || _state[new SessionId(SessionOf(id))] == SessionState.Finished;

    private bool IsRetrieved(int id, HashSet<int> retrieved) =>
        _state[new ObjectId(id)] == FileState.Retrieved || retrieved.Contains(FileOf(id));

    private IEnumerable<int> Files() =>
        Enumerable.Range(0, _set.Objects.Length).Where(id => _set.Objects[id].IsFile);

    private int FileOf(int id) => (_set.Objects[id].Carrier ?? new ObjectId(id)).Index;

    private int SessionOf(int id) => _set.Objects[FileOf(id)].Session!.Value.Index;

    // Pairs of objects that move by themselves, with every path through the kernel's own written out.
    private List<(int Dependent, int On)> Pairs(Phase phase)
    {
        HashSet<(int Dependent, int On)> pairs =
        [
            .. DependencyGraph.Of(_set).Dependencies.ToArray()
                .Where(found => found.Phases.Contains(phase))
                .Select(found => (found.Dependent.ObjectId.Index, found.On.ObjectId.Index)),
        ];
        for (bool isNew = true; isNew;)
        {
            (int, int)[] longer =
            [
                .. pairs.SelectMany(left => pairs
                    .Where(right => right.Dependent == left.On && _set.Objects[left.On].IsMovedByKernel)
                    .Select(right => (left.Dependent, right.On))),
            ];
            int known = pairs.Count;
            pairs.UnionWith(longer);
            isNew = pairs.Count > known;
        }

        return
        [
            .. pairs.Where(pair => !_set.Objects[pair.Dependent].IsMovedByKernel
                && !_set.Objects[pair.On].IsMovedByKernel),
        ];
    }

    // Every order: one more of what is left, as long as one more can be. Sets seen before are not tried
    // again, since what can follow depends on the set alone.
    private static void Search(
        HashSet<int> earlier,
        int[] all,
        Func<int, HashSet<int>, bool> canFollow,
        ref HashSet<int> largest,
        HashSet<int> seen)
    {
        int mask = earlier.Sum(each => 1 << each);
        if (!seen.Add(mask))
        {
            return;
        }

        largest = earlier.Count > largest.Count ? [.. earlier] : largest;
        foreach (int next in all)
        {
            if (!earlier.Contains(next) && canFollow(next, earlier))
            {
                Search([.. earlier, next], all, canFollow, ref largest, seen);
            }
        }
    }
}
