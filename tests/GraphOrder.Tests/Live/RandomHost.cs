namespace GraphOrder.Tests.Live;

/// <summary>A live graph and its model, and changes by chance on both.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="seed">The chance.</param>
/// <param name="isPlain">
/// Whether nothing is said that the graph puts to the planner instead of judging it by itself.
/// </param>
/// <param name="sessionMax">How many sessions there are at most.</param>
/// <param name="objectMax">How many objects there are at most.</param>
/// <param name="hasActs">Whether there are acts, and sessions that are needed as a whole.</param>
internal sealed class RandomHost(
    KernelPair kernels, int seed, bool isPlain, int sessionMax = 4, int objectMax = 9, bool hasActs = true)
{

    private readonly Random _random = new(seed);
    private int _named;

    public LiveDependencyGraph Live { get; } = new(kernels);

    public HostModel Model { get; private set; } = new();

    /// <summary>Makes one change of a few steps; sometimes it is thrown away.</summary>
    /// <returns>What became of it and the set that it would have made; null where it was thrown away.
    /// </returns>
    public (ChangeResult Result, SessionSet Wanted)? Step()
    {
        HostModel wanted = Model.Copy();
        using Change change = Live.BeginChange();
        int count = _random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            Step(change, wanted);
        }

        if (_random.Next(8) == 0)
        {
            return null;
        }

        SessionSet set = wanted.DeclareAnew();
        ChangeResult result = change.TryCommit();
        Model = result.IsCommitted ? wanted : Model;
        return (result, set);
    }

    private void Step(Change change, HostModel model)
    {
        int choice = _random.Next(20);
        if (model.Sessions.Count == 0 || (choice == 0 && model.Sessions.Count < sessionMax))
        {
            string name = $"s{_named++}";
            change.AddSession(HostModel.Utf8(name));
            model.Sessions.Add((name, false));
        }
        else if (model.Objects.Count < 3 || (choice < 5 && model.Objects.Count < objectMax))
        {
            AddObject(change, model);
        }
        else if (choice < 13)
        {
            AddDependency(change, model);
        }
        else
        {
            ChangeWhatIsThere(change, model, choice);
        }
    }

    private void ChangeWhatIsThere(Change change, HostModel model, int choice)
    {
        string id = Any(model.Objects).Id;
        string session = Any(model.Sessions).Name;
        switch (choice)
        {
            case 13 when model.Dependencies.Count > 0:
                HostDependency gone = Any(model.Dependencies);
                Assert.That(
                    gone.IsDescription
                        ? change.RemoveDescription(Object(gone.Dependent), Object(gone.On))
                        : change.RemoveDependency(End(gone.Dependent), End(gone.On)),
                    Is.True);
                model.Dependencies.RemoveAll(found => found.Dependent == gone.Dependent
                    && found.On == gone.On && found.IsDescription == gone.IsDescription);
                break;
            case 14 or 15:
                MapOrUnmap(change, model);
                break;
            case 16 when !model.Created.Contains(session) && _random.Next(3) == 0:
                change.Create(Session(session));
                model.Created.Add(session);
                model.Sessions[model.Sessions.IndexOf((session, false))] = (session, true);
                break;
            case 17 when model.FileOf(id) == id && !model.Preserved.Contains(id)
                && model.Created.Contains(model.SessionOf(id)!):
                change.Preserve(Object(id));
                model.Preserved.Add(id);
                break;
            case 18 when !model.Preserved.Contains(model.FileOf(id) ?? ""):
                change.RemoveObject(Object(id));
                model.RemoveObject(id);
                break;
            case 19 when _random.Next(3) == 0:
                change.RemoveSession(Session(session));
                model.RemoveSession(session);
                break;
        }
    }

    private void AddObject(Change change, HostModel model)
    {
        string session = Any(model.Sessions).Name;
        string[] files = [.. model.Objects.Where(found => model.FileOf(found.Id) == found.Id
            && !model.Preserved.Contains(found.Id)).Select(found => found.Id)];
        HostObject added = new($"o{_named++}", ObjectKind.Memfd);
        int place = _random.Next(10);
        if (place < 2)
        {
            added = added with { Kind = ObjectKind.Custom("x-moved") };
            change.AddKernelObject(HostModel.Utf8(added.Id), added.Kind);
        }
        else if (place < 5 && files.Length > 0)
        {
            added = added with { Kind = ObjectKind.Ioas, Carrier = Any(files) };
            change.AddObject(Object(added.Carrier), HostModel.Utf8(added.Id), added.Kind);
        }
        else if (hasActs && place == 5 && (Phase)_random.Next(Phases.Count) is var phase
            && kernels[phase].TakesActs)
        {
            added = added with
            {
                Kind = ObjectKind.Act,
                Session = session,
                Phase = phase,
                IsLate = _random.Next(2) == 0,
            };
            change.AddAct(Session(session), HostModel.Utf8(added.Id), phase, added.IsLate);
        }
        else
        {
            added = added with { Session = session, Token = (ulong)_named };
            change.AddFile(Session(session), HostModel.Utf8(added.Id), added.Kind, added.Token);
        }

        model.Objects.Add(added);
    }

    private void AddDependency(Change change, HostModel model)
    {
        string[] ends =
        [
            .. model.Objects.Select(found => found.Id),
            .. model.Sessions.Where(_ => hasActs && _random.Next(4) == 0)
                .Select(session => SessionSet.SessionPrefix + session.Name),
        ];
        string dependent = Any(ends);
        string on = Any(ends);
        if (dependent == on || (isPlain && IsAsked(model, dependent, on)))
        {
            return;
        }

        if (!End(dependent).IsSession && !End(on).IsSession && _random.Next(6) == 0
            && !(isPlain && IsAsked(model, on, dependent)))
        {
            model.Dependencies.Add(new(dependent, on) { IsDescription = true });
            change.AddDescription(Object(dependent), Object(on));
            return;
        }

        bool isNeed = !End(dependent).IsSession && !End(on).IsSession && _random.Next(4) == 0;
        HostDependency added = new(dependent, on)
        {
            IsNeed = isNeed,
            Phases = isNeed || _random.Next(3) == 0 ? null : NextPhases(),
            Strength = !isNeed && _random.Next(4) == 0 ? DependencyStrength.Soft : DependencyStrength.Hard,
            Weight = isNeed ? 1 : _random.Next(1, 4),
        };
        model.Dependencies.Add(added);
        if (isNeed)
        {
            change.AddNeed(Object(dependent), Object(on));
        }
        else
        {
            change.AddDependency(
                End(dependent), End(on), added.Phases, default, added.Strength, added.Weight);
        }
    }

    private static bool IsAsked(HostModel model, string dependent, string on)
    {
        bool isWhole = IsSession(dependent) != IsSession(on);
        return (!IsSession(dependent) && model.IsMovedByKernel(dependent)
                && (IsSession(on) || !model.IsMovedByKernel(on)))
            || (isWhole && SessionNameOf(model, dependent) == SessionNameOf(model, on));
    }

    private static bool IsSession(string end) =>
        end.StartsWith(SessionSet.SessionPrefix, StringComparison.Ordinal);

    private static string? SessionNameOf(HostModel model, string end) =>
        IsSession(end) ? end[SessionSet.SessionPrefix.Length..] : model.SessionOf(end);

    private void MapOrUnmap(Change change, HostModel model)
    {
        string[] ids = [.. model.Objects.Select(found => found.Id)];
        string[] ioases = [.. ids.Where(id => model[id].Kind == ObjectKind.Ioas)];
        string[] files = [.. ids.Where(id => model.FileOf(id) == id)];
        if (model.Areas.Count > 0 && _random.Next(2) == 0)
        {
            HostArea gone = Any(model.Areas);
            change.Unmap(Object(gone.Ioas), new IovaRange(gone.First, gone.First + 0xfff));
            model.Areas.Remove(gone);
        }
        else if (ioases.Length > 0 && files.Length > 0)
        {
            HostArea added = new(Any(ioases), (ulong)_named++ << 12, Any(files));
            change.Map(
                Object(added.Ioas),
                new IovaRange(added.First, added.First + 0xfff),
                Object(added.File),
                0,
                Access.ReadWrite);
            model.Areas.Add(added);
            Assert.That(
                Live.AreaCount(Object(added.Ioas), Object(added.File)),
                Is.EqualTo(model.Areas.Count(area => area.Ioas == added.Ioas && area.File == added.File)));
        }
    }

    private PhaseSet NextPhases()
    {
        PhaseSet phases = PhaseSet.Of((Phase)_random.Next(Phases.Count));
        while (_random.Next(2) == 0)
        {
            phases = phases.With((Phase)_random.Next(Phases.Count));
        }

        return phases;
    }

    private DependencyEnd End(string name) => IsSession(name)
        ? Session(name[SessionSet.SessionPrefix.Length..])
        : Object(name);

    private ObjectId Object(string id)
    {
        Assert.That(Live.TryFind(HostModel.Utf8(id), out ObjectId found), Is.True, id);
        return found;
    }

    private SessionId Session(string name)
    {
        Assert.That(Live.TryFindSession(HostModel.Utf8(name), out SessionId found), Is.True, name);
        return found;
    }

    private T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
