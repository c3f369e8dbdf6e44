using System.Text;

namespace GraphOrder;

/// <summary>
/// Reads a part of a session set that is declared into a growing graph: what it names and does not have is
/// looked for there. All members of a set may be left out; <c>limits</c>, <c>host</c> and <c>platform</c> are
/// of a whole host, and are refused.
/// </summary>
internal static class FragmentReader
{
    private const string Document = "set";

    private static readonly DocumentForm<PendingSet> Form = new(
        SessionSetReader.Schema,
        ["schema", "sessions", "objects", "dependencies", "limits", "host", "platform"],
        SessionSetReader.ReadMember)
    {
        What = "a part of a session set",
        RequiredCount = 0,
    };

    /// <summary>Reads it, without asking any graph.</summary>
    /// <exception cref="MalformedDocumentException">It is no such document.</exception>
    public static PendingSet Read(
        ReadOnlyMemory<byte> fragment, ReaderLimits limits, CancellationToken cancellation)
    {
        PendingSet pending = new();
        Form.Read(new SliceStream(fragment), Document, limits, pending, _ => pending, cancellation);
        string? refused = pending.Limits is not null ? "limits"
            : pending.Host is not null ? "host"
            : pending.Platform is not null ? "platform"
            : null;
        return refused is null
            ? pending
            : throw new RequestException(
                $"A growing graph takes no '{refused}'. Leave it out, or send the whole set with 'plan'.");
    }

    /// <summary>
    /// The fragment as a set of its own, behind which stands what of the graph it names. O(what it names).
    /// </summary>
    /// <param name="pending">What was read; it is used up.</param>
    /// <param name="live">The graph.</param>
    /// <param name="change">The open change of that graph, which has said nothing yet.</param>
    /// <param name="objectCount">How many objects are its own, the first ones.</param>
    /// <exception cref="MalformedDocumentException">It contradicts itself or the graph.</exception>
    public static SessionSet Resolve(
        PendingSet pending, LiveDependencyGraph live, Change change, out int objectCount)
    {
        objectCount = pending.Objects.Count;
        AddNamedObjects(pending, live, change);
        AddNamedSessions(pending, live, change);
        DiagnosticList problems = new();
        SessionSet? set = SessionSetResolver.Resolve(pending, Document, problems);
        return set is null || problems.HasErrors
            ? throw new MalformedDocumentException(Document, problems.ToImmutableByPlace())
            : set;
    }

    private static void AddNamedObjects(PendingSet pending, LiveDependencyGraph live, Change change)
    {
        HashSet<int> own = [];
        foreach (ref readonly PendingObject found in pending.Objects)
        {
            own.Add(found.Name);
        }

        // What stands for an object names its carrier, which may be a new name.
        for (int name = 0; name < pending.Names.Count; name++)
        {
            if (live.TryFind(pending.Names.Utf8(name), out ObjectId id))
            {
                if (own.Contains(name))
                {
                    throw new RequestException(
                        $"'{Printable.Of(pending.Names.Text(name))}' is in the growing graph already. "
                        + "Withdraw it first, or leave it out of 'set'.");
                }

                pending.Objects.Add(StandIn(pending, change, id, name));
            }
        }
    }

    private static PendingObject StandIn(PendingSet pending, Change change, ObjectId id, int name)
    {
        PreservedObject found = change.ObjectOf(id);
        pending.Kinds.TryFind(Encoding.UTF8.GetBytes(found.Kind.Name), out int kind);
        PendingObject standIn = new() { Kind = kind, Name = name, SaysPlace = true };
        if ((found.Session ?? found.Act?.Session) is { } session)
        {
            pending.SessionNames.TryAdd(change.NameOf(session), out int sessionName);
            standIn.Session = new Mention(sessionName, default);
        }

        if (found.Carrier is { } carrier)
        {
            pending.Names.TryAdd(change.NameOf(carrier), out int carrierName);
            standIn.Carrier = new Mention(carrierName, default);
        }

        if (found.Act is { } act)
        {
            standIn.IsAct = true;
            standIn.SaysPhase = true;
            standIn.ActPhase = act.Phase;
            standIn.IsLate = act.IsLate;
        }

        return standIn;
    }

    // Those that the kernel has come first, as they do in a set.
    private static void AddNamedSessions(PendingSet pending, LiveDependencyGraph live, Change change)
    {
        HashSet<int> own = [];
        foreach (PendingSession session in pending.Sessions)
        {
            own.Add(session.Name);
            if (session.Name >= 0
                && live.TryFindSession(pending.SessionNames.Utf8(session.Name), out SessionId known)
                && change.IsCreated(known))
            {
                session.Created = true;
            }
        }

        for (int name = 0; name < pending.SessionNames.Count; name++)
        {
            if (!own.Contains(name)
                && live.TryFindSession(pending.SessionNames.Utf8(name), out SessionId id))
            {
                pending.Sessions.Add(new PendingSession { Name = name, Created = change.IsCreated(id) });
            }
        }

        PendingSession[] inOrder =
        [
            .. pending.Sessions.Where(static session => session.Created == true),
            .. pending.Sessions.Where(static session => session.Created != true),
        ];
        pending.Sessions.Clear();
        pending.Sessions.AddRange(inOrder);
    }
}
