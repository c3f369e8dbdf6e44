using System.Text;

namespace GraphOrder.Tests.Live;

/// <summary>
/// What a live graph should hold, in plain lists by name, from which a set is declared anew. Immutable
/// lists, so that a change that is refused is forgotten by keeping the old one.
/// </summary>
internal sealed record HostModel
{
    public List<(string Name, bool IsCreated)> Sessions { get; init; } = [];

    /// <summary>The created ones in the order in which they were created.</summary>
    public List<string> Created { get; init; } = [];

    public List<HostObject> Objects { get; init; } = [];

    public List<HostDependency> Dependencies { get; init; } = [];

    public List<HostArea> Areas { get; init; } = [];

    public List<string> Preserved { get; init; } = [];

    public HostModel Copy() => new()
    {
        Sessions = [.. Sessions],
        Created = [.. Created],
        Objects = [.. Objects],
        Dependencies = [.. Dependencies],
        Areas = [.. Areas],
        Preserved = [.. Preserved],
    };

    public HostObject this[string id] => Objects.Single(found => found.Id == id);

    /// <summary>The session of what a file is or carries; null for the rest.</summary>
    public string? SessionOf(string id) =>
        this[id] is var found && found.Carrier is { } carrier ? this[carrier].Session
        : found.Phase is null ? found.Session
        : null;

    public string? FileOf(string id) =>
        this[id] is var found && found.Carrier is { } carrier ? carrier
        : found.Session is not null && found.Phase is null ? id
        : null;

    public bool IsMovedByKernel(string id) => this[id] is { Session: null, Carrier: null };

    public void RemoveObject(string id)
    {
        foreach (HostObject carried in Objects.Where(found => found.Carrier == id).ToArray())
        {
            RemoveObject(carried.Id);
        }

        Objects.RemoveAll(found => found.Id == id);
        Dependencies.RemoveAll(found => found.Dependent == id || found.On == id);
        Areas.RemoveAll(found => found.Ioas == id || found.File == id);
        Preserved.Remove(id);
    }

    public void RemoveSession(string name)
    {
        foreach (HostObject own in Objects.Where(found => found.Session == name).ToArray())
        {
            RemoveObject(own.Id);
        }

        string end = SessionSet.SessionPrefix + name;
        Dependencies.RemoveAll(found => found.Dependent == end || found.On == end);
        Sessions.RemoveAll(found => found.Name == name);
        Created.Remove(name);
    }

    /// <summary>The set that somebody would declare who saw the host for the first time.</summary>
    public SessionSet DeclareAnew()
    {
        DependencyGraphBuilder builder = new();
        Dictionary<string, SessionId> sessions = [];
        foreach (string name in Created.Concat(
            Sessions.Where(session => !session.IsCreated).Select(session => session.Name)))
        {
            builder.AddSession(name, out SessionId added, Created.Contains(name));
            sessions.Add(name, added);
        }

        Dictionary<string, ObjectId> ids = [];
        foreach (HostObject found in Objects)
        {
            ids.Add(found.Id, new ObjectId(ids.Count));
        }

        foreach (HostObject found in Objects)
        {
            Add(builder, found, sessions, ids);
        }

        DependencyEnd End(string name) => ids.TryGetValue(name, out ObjectId id)
            ? id
            : sessions[name[SessionSet.SessionPrefix.Length..]];
        foreach (HostDependency found in Dependencies.OrderBy(found => Place(End(found.Dependent))))
        {
            if (found.IsDescription)
            {
                builder.AddDescription(ids[found.Dependent], ids[found.On]);
            }
            else if (found.IsNeed)
            {
                builder.AddNeed(ids[found.Dependent], ids[found.On]);
            }
            else
            {
                builder.AddDependency(
                    End(found.Dependent), End(found.On), found.Phases, default, found.Strength, found.Weight);
            }
        }

        foreach ((string ioas, string file) in Areas.Select(area => (area.Ioas, area.File)).Distinct())
        {
            builder.AddNeed(ids[ioas], ids[file]);
        }

        foreach (string name in Created)
        {
            ObjectId[] preserved =
                [.. Preserved.Where(file => this[file].Session == name).Select(file => ids[file])];
            builder.SetPreserved(sessions[name], preserved);
        }

        return builder.BuildSet();
    }

    // A document lists dependencies by who needs, as the live graph does.
    private int Place(DependencyEnd end) =>
        end.IsSession ? Objects.Count + end.SessionId.Index : end.ObjectId.Index;

    private void Add(
        DependencyGraphBuilder builder,
        HostObject found,
        Dictionary<string, SessionId> sessions,
        Dictionary<string, ObjectId> ids)
    {
        ObjectFacts? facts = Areas.Exists(area => area.Ioas == found.Id)
            ? new ObjectFacts
            {
                Areas =
                [
                    .. Areas.Where(area => area.Ioas == found.Id).OrderBy(area => area.First)
                        .Select(area => new IoasArea(
                            area.First, 0x1000, ids[area.File], 0, Access.ReadWrite)),
                ],
            }
            : null;
        if (found.Phase is { } phase)
        {
            builder.AddAct(sessions[found.Session!], found.Id, phase, out _, found.IsLate);
        }
        else if (found.Session is { } session)
        {
            builder.AddFile(sessions[session], found.Id, found.Kind, out _, found.Token, facts);
        }
        else if (found.Carrier is { } carrier)
        {
            builder.AddObject(ids[carrier], found.Id, found.Kind, out _, facts);
        }
        else
        {
            builder.AddKernelObject(found.Id, found.Kind, out _);
        }
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

internal sealed record HostObject(string Id, ObjectKind Kind)
{
    public string? Session { get; init; }

    public string? Carrier { get; init; }

    public Phase? Phase { get; init; }

    public bool IsLate { get; init; }

    public ulong Token { get; init; }
}

internal sealed record HostDependency(string Dependent, string On)
{
    public bool IsNeed { get; init; }

    /// <summary>Whether the dependent is metadata that describes the other.</summary>
    public bool IsDescription { get; init; }

    public PhaseSet? Phases { get; init; }

    public DependencyStrength Strength { get; init; }

    public long Weight { get; init; } = 1;
}

internal sealed record HostArea(string Ioas, ulong First, string File);
