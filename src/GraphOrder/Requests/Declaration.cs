using System.Text;

namespace GraphOrder;

/// <summary>Enters a part of a session set into a growing graph, as one change. Used once.</summary>
internal sealed class Declaration
{
    private readonly LiveDependencyGraph _live;
    private readonly Change _change;
    private readonly SessionSet _set;
    private readonly int _objectCount;
    private readonly SessionId[] _sessions;
    private readonly ObjectId?[] _objects;
    private readonly HashSet<(int Session, ulong Token)> _tokens = [];
    private readonly ulong[] _nextTokens;

    private Declaration(LiveDependencyGraph live, Change change, SessionSet set, int objectCount)
    {
        _live = live;
        _change = change;
        _set = set;
        _objectCount = objectCount;
        _sessions = new SessionId[set.Sessions.Length];
        _objects = new ObjectId?[set.Objects.Length];
        _nextTokens = new ulong[set.Sessions.Length];
        Array.Fill(_nextTokens, 1UL);
    }

    /// <summary>Enters it.</summary>
    /// <exception cref="RequestException">The graph cannot take it.</exception>
    /// <exception cref="MalformedDocumentException">It contradicts itself or the graph.</exception>
    public static void Enter(PendingSet pending, LiveDependencyGraph live, Change change)
    {
        SessionSet set = FragmentReader.Resolve(pending, live, change, out int objectCount);
        try
        {
            new Declaration(live, change, set, objectCount).Enter();
        }
        catch (ArgumentException misuse)
        {
            throw Misuse("set", misuse);
        }
    }

    private void Enter()
    {
        for (int i = 0; i < _sessions.Length; i++)
        {
            EnterSession(i);
        }

        for (int i = _objectCount; i < _objects.Length; i++)
        {
            _live.TryFind(_set.Utf8NameOf(new ObjectId(i)), out ObjectId known);
            _objects[i] = known;
        }

        ClaimTokens();

        // What stands in front of its file comes behind all others.
        for (int turn = 0; turn < 2; turn++)
        {
            for (int i = 0; i < _objectCount; i++)
            {
                bool isReady =
                    _set.Objects[i].Carrier is not { } carrier || _objects[carrier.Index] is not null;
                if (_objects[i] is null && isReady)
                {
                    _objects[i] = Told(i, () => EnterObject(i));
                }
            }
        }

        EnterDependencies();
        EnterBeginnings();
    }

    private void EnterSession(int number)
    {
        SessionEntry entry = _set.Sessions[number];
        ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(entry.Name.Text);
        if (entry.Blackout is not null)
        {
            throw new RequestException(
                $"Session '{Printable.Of(entry.Name.Text)}' has a 'blackout', which a growing graph does not "
                + "keep. Leave it out, or send the whole set with 'plan'.");
        }

        _sessions[number] = _live.TryFindSession(name, out SessionId known)
            ? known
            : _change.AddSession(name);
    }

    private void ClaimTokens()
    {
        for (int i = 0; i < _objectCount; i++)
        {
            if (_set.Objects[i] is not { Session: { } session, DeclaredToken: { } token })
            {
                continue;
            }

            _tokens.Add((session.Index, token));
            if (_change.IsTokenTaken(_sessions[session.Index], token))
            {
                throw new RequestException(
                    $"'{NameOf(i)}' has the token 0x{token:x}, which another file of its session has in the "
                    + "growing graph. Choose another token, or leave it out and one is assigned.");
            }
        }
    }

    private ObjectId EnterObject(int number)
    {
        PreservedObject added = _set.Objects[number];
        ReadOnlySpan<byte> id = _set.Utf8NameOf(new ObjectId(number));
        ObjectFacts facts = added.Facts with { Areas = [] };
        if (added.Act is { } act)
        {
            return _live.Kernels[act.Phase].TakesActs
                ? _change.AddAct(_sessions[act.Session.Index], id, act.Phase, act.IsLate)
                : throw new RequestException(
                    $"'{NameOf(number)}' is an act of {act.Phase.Name()}, which takes none under "
                    + $"{_live.Kernels.ModelName}. Choose another phase.");
        }

        if (added.Session is { } session)
        {
            ulong token = added.DeclaredToken ?? FreeToken(session);
            return _change.AddFile(_sessions[session.Index], id, added.Kind, token, facts);
        }

        return added.Carrier is { } carrier
            ? _change.AddObject(_objects[carrier.Index]!.Value, id, added.Kind, facts)
            : _change.AddKernelObject(id, added.Kind, facts);
    }

    private ulong FreeToken(SessionId session)
    {
        ref ulong next = ref _nextTokens[session.Index];
        while (_tokens.Contains((session.Index, next))
            || _change.IsTokenTaken(_sessions[session.Index], next))
        {
            next++;
        }

        return next++;
    }

    private void EnterDependencies()
    {
        foreach (ObjectReference need in _set.Needs)
        {
            _change.AddNeed(_objects[need.Owner.Index]!.Value, _objects[need.Id.Index]!.Value);
        }

        foreach (ObjectReference described in _set.Describes)
        {
            _change.AddDescription(
                _objects[described.Owner.Index]!.Value, _objects[described.Id.Index]!.Value);
        }

        foreach (DeclaredDependency declared in _set.Dependencies)
        {
            // Its place is that in a request which nobody will have any more.
            _change.AddDependency(
                EndOf(declared.Dependent),
                EndOf(declared.On),
                declared.Phases,
                declared.Origin with { Location = default },
                declared.Strength ?? DependencyStrength.Hard,
                declared.Weight ?? 1);
        }

        for (int i = 0; i < _objectCount; i++)
        {
            foreach (IoasArea area in _set.Objects[i].Facts.Areas)
            {
                Told(i, () => Map(_objects[i]!.Value, area));
            }
        }
    }

    private ObjectId Map(ObjectId ioas, IoasArea area)
    {
        ulong last = unchecked(area.Iova + (ulong)area.Bytes - 1);
        _change.Map(
            ioas, new IovaRange(area.Iova, last), _objects[area.File.Index]!.Value, area.Offset, area.Access);
        return ioas;
    }

    private void EnterBeginnings()
    {
        for (int i = 0; i < _sessions.Length; i++)
        {
            if (_set.Sessions[i].Created && !_change.IsCreated(_sessions[i]))
            {
                _change.Create(_sessions[i]);
            }
        }

        foreach (SessionEntry entry in _set.Sessions)
        {
            bool isBehindNew = false;
            foreach (ObjectId file in entry.Preserved)
            {
                ObjectId known = _objects[file.Index]!.Value;
                if (!_change.IsPreserved(known))
                {
                    isBehindNew = true;
                    _change.Preserve(known);
                }
                else if (isBehindNew)
                {
                    throw new RequestException(
                        $"'{NameOf(file.Index)}' is preserved already, so it cannot follow a file that is "
                        + "not. The kernel's lists only grow at the end.");
                }
            }
        }
    }

    private DependencyEnd EndOf(DependencyEnd end) => end.IsSession
        ? _sessions[end.SessionId.Index]
        : _objects[end.ObjectId.Index]!.Value;

    // What the graph calls misuse is, in a request, something that is wrong with the request.
    private ObjectId Told(int number, Func<ObjectId> enter)
    {
        try
        {
            return enter();
        }
        catch (ArgumentException misuse)
        {
            throw Misuse(NameOf(number), misuse);
        }
    }

    private static RequestException Misuse(string name, ArgumentException misuse)
    {
        string sentence = misuse.Message.Split(" (Parameter '", 2)[0];
        return new RequestException($"'{name}' cannot be entered so: {sentence} Correct it.");
    }

    private string NameOf(int number) => Printable.Of(_set.NameOf(new ObjectId(number)));
}
