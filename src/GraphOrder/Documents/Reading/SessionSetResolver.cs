using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Turns what was read into a set: every mention becomes the object or session that it names, and what
/// contradicts itself is reported.
/// </summary>
internal sealed partial class SessionSetResolver
{
    private readonly PendingSet _pending;
    private readonly DiagnosticList _problems;
    private readonly int[] _objectOf;
    private readonly int[] _sessionOf;

    private SessionSetResolver(PendingSet pending, DiagnosticList problems)
    {
        _pending = pending;
        _problems = problems;
        _objectOf = new int[pending.Names.Count];
        _sessionOf = new int[pending.SessionNames.Count];
        Array.Fill(_objectOf, -1);
        Array.Fill(_sessionOf, -1);
    }

    /// <summary>The set; null where problems stand in the way. O(V + E).</summary>
    public static SessionSet? Resolve(PendingSet pending, string? sourceName, DiagnosticList problems)
    {
        SessionSetResolver resolver = new(pending, problems);
        resolver.NumberSessions();
        resolver.NumberObjects();
        resolver.CheckPlaces();
        resolver.CheckTokens();
        ImmutableArray<ObjectReference> needs = resolver.References(pending.Needs);
        ImmutableArray<ObjectReference> describes = resolver.References(pending.Describes);
        ImmutableArray<DeclaredDependency> dependencies = resolver.Dependencies();
        ImmutableArray<SessionEntry> sessions = resolver.Sessions();
        ImmutableArray<PreservedObject> objects = resolver.Objects();
        return problems.HasErrors ? null : new SessionSet(resolver.InOrder(), resolver.SessionsInOrder())
        {
            SourceName = sourceName,
            Sessions = sessions,
            Objects = objects,
            Needs = needs,
            Describes = describes,
            Dependencies = dependencies,
            Limits = pending.Limits,
            Host = pending.Host,
            Platform = pending.Platform,
        };
    }

    private void NumberSessions()
    {
        for (int i = 0; i < _pending.Sessions.Count; i++)
        {
            PendingSession session = _pending.Sessions[i];
            if (session.Name >= 0 && _sessionOf[session.Name] >= 0)
            {
                Report(
                    DiagnosticCode.DuplicateSession,
                    session.Location,
                    Fact("name", SessionText(session.Name)));
            }
            else if (session.Name >= 0)
            {
                _sessionOf[session.Name] = i;
            }
        }
    }

    private void NumberObjects()
    {
        for (int i = 0; i < _pending.Objects.Count; i++)
        {
            ref readonly PendingObject found = ref _pending.Objects[i];
            if (found.Name >= 0 && _objectOf[found.Name] >= 0)
            {
                SourceLocation first = _pending.Objects[_objectOf[found.Name]].Location;
                Report(
                    DiagnosticCode.DuplicateObject,
                    found.Location,
                    Fact("id", Text(found.Name)),
                    new DiagnosticFact("firstLine", first.Line));
            }
            else if (found.Name >= 0)
            {
                _objectOf[found.Name] = i;
            }
        }
    }

    private ImmutableArray<ObjectReference> References(SegmentedList<ObjectReference> mentions)
    {
        ObjectReference[] references = new ObjectReference[mentions.Count];
        int count = 0;
        for (int segment = 0; segment < mentions.SegmentCount; segment++)
        {
            foreach (ref readonly ObjectReference mention in mentions.Segment(segment))
            {
                int name = mention.Id.Index;
                int index = _objectOf[name];
                if (index < 0)
                {
                    index = ObjectIndex(new Mention(name, mention.Location));
                }

                if (index == mention.Owner.Index)
                {
                    Report(DiagnosticCode.SelfDependency, mention.Location, Fact("id", Text(name)));
                }

                references[count++] = new ObjectReference(
                    mention.Owner, new ObjectId(index), mention.Location);
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(references);
    }

    private ImmutableArray<DeclaredDependency> Dependencies()
    {
        ImmutableArray<DeclaredDependency>.Builder dependencies =
            ImmutableArray.CreateBuilder<DeclaredDependency>(_pending.Dependencies.Count);
        foreach (ref readonly PendingDependency found in _pending.Dependencies)
        {
            DependencyEnd? dependent = End(found.Dependent);
            DependencyEnd? on = End(found.On);
            if (dependent is not { } theDependent || on is not { } theOn)
            {
                continue;
            }

            if (theDependent == theOn)
            {
                string id = found.On.IsSession
                    ? SessionSet.SessionPrefix + SessionText(found.On.Mention.Name)
                    : Text(found.On.Mention.Name);
                Report(DiagnosticCode.SelfDependency, found.Origin.Location, Fact("id", id));
            }

            dependencies.Add(new DeclaredDependency(theDependent, theOn, found.Origin)
            {
                Phases = found.Phases,
                Strength = found.Strength,
                Weight = found.Weight,
            });
        }

        return dependencies.ToImmutable();
    }

    private DependencyEnd? End(PendingEnd end)
    {
        if (!end.Mention.IsThere)
        {
            return null;
        }

        int index = end.IsSession ? SessionIndex(end.Mention) : ObjectIndex(end.Mention);
        return index < 0 ? null
            : end.IsSession ? DependencyEnd.Of(new SessionId(index))
            : DependencyEnd.Of(new ObjectId(index));
    }

    private ImmutableArray<SessionEntry> Sessions()
    {
        ImmutableArray<SessionEntry>.Builder sessions =
            ImmutableArray.CreateBuilder<SessionEntry>(_pending.Sessions.Count);
        bool isBehindNew = false;
        for (int i = 0; i < _pending.Sessions.Count; i++)
        {
            PendingSession session = _pending.Sessions[i];
            bool isCreated = session.Created ?? false;
            if (isCreated && isBehindNew)
            {
                Invalid(
                    session.Location, SessionOrEmpty(session), "created sessions stand first in the list");
            }

            if (session.Preserved.Count > 0 && !isCreated)
            {
                Invalid(
                    session.Location, SessionOrEmpty(session), "a session with preserved files is created");
            }

            isBehindNew |= !isCreated;
            bool isNamed = session.Name >= 0 && SessionName.IsValid(_pending.SessionNames.Utf8(session.Name));
            sessions.Add(new SessionEntry(isNamed ? new SessionName(SessionText(session.Name)) : default)
            {
                Created = isCreated,
                SaysCreated = session.Created is not null,
                SaysPreserved = session.SaysPreserved,
                Preserved = Preserved(session, i),
                Blackout = Blackout(session, i),
                Location = session.Location,
            });
        }

        return sessions.MoveToImmutable();
    }

    private ImmutableArray<ObjectId> Preserved(PendingSession session, int index)
    {
        ImmutableArray<ObjectId>.Builder preserved = ImmutableArray.CreateBuilder<ObjectId>(
            session.Preserved.Count);
        HashSet<int> seen = [];
        foreach (Mention mention in session.Preserved)
        {
            int found = ObjectIndex(mention);
            if (found < 0)
            {
                continue;
            }

            Mention own = _pending.Objects[found].Session;
            if (!own.IsThere || _sessionOf[own.Name] != index || _pending.Objects[found].IsAct)
            {
                Invalid(mention.Location, Text(mention.Name), "preserved lists files of its own session");
            }
            else if (!seen.Add(found))
            {
                Invalid(mention.Location, Text(mention.Name), "preserved lists each file once");
            }

            preserved.Add(new ObjectId(found));
        }

        return preserved.ToImmutable();
    }

    private ImmutableArray<PreservedObject> Objects()
    {
        PreservedObject[] objects = new PreservedObject[_pending.Objects.Count];
        for (int i = 0; i < objects.Length; i++)
        {
            ref readonly PendingObject found = ref _pending.Objects[i];
            ObjectFacts facts = FactsOf(found);
            if (_problems.HasErrors)
            {
                continue;
            }

            SessionId? session = found.Session.IsThere ? new SessionId(_sessionOf[found.Session.Name]) : null;
            if (found.IsAct)
            {
                facts = facts with
                {
                    Act = new ActFacts(session!.Value, found.ActPhase!.Value, found.IsLate),
                };
                session = null;
            }

            ObjectId? carrier = found.Carrier.IsThere ? new ObjectId(_objectOf[found.Carrier.Name]) : null;
            objects[i] = new PreservedObject(
                KindOf(found), session, carrier, found.Token, facts, found.Location);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(objects);
    }

    private ObjectFacts FactsOf(in PendingObject found)
    {
        PendingFacts facts = _pending.FactsOf(found);
        return facts.Areas is { } areas ? facts.Facts with { Areas = Areas(areas) } : facts.Facts;
    }

    private ImmutableArray<IoasArea> Areas(List<(Mention File, IoasArea Area)> pending)
    {
        ImmutableArray<IoasArea>.Builder areas = ImmutableArray.CreateBuilder<IoasArea>(pending.Count);
        foreach ((Mention file, IoasArea area) in pending)
        {
            areas.Add(area with { File = new ObjectId(ObjectIndex(file)) });
        }

        return areas.MoveToImmutable();
    }

    // Ids are numbered by first mention; a set numbers them by object. Where every id is first mentioned by
    // the object that has it, that is the same.
    private NameTable InOrder()
    {
        int inOrder = 0;
        while (inOrder < _pending.Objects.Count && _pending.Objects[inOrder].Name == inOrder)
        {
            inOrder++;
        }

        if (inOrder == _pending.Objects.Count && inOrder == _pending.Names.Count)
        {
            return _pending.Names;
        }

        NameTable ids = new();
        foreach (ref readonly PendingObject found in _pending.Objects)
        {
            ids.TryAdd(_pending.Names.Utf8(found.Name), out _);
        }

        return ids;
    }

    private NameTable SessionsInOrder()
    {
        NameTable names = new();
        foreach (PendingSession session in _pending.Sessions)
        {
            names.TryAdd(_pending.SessionNames.Utf8(session.Name), out _);
        }

        return names;
    }

    private int ObjectIndex(Mention mention)
    {
        int index = _objectOf[mention.Name];
        if (index < 0)
        {
            Report(
                DiagnosticCode.UnknownObject,
                mention.Location,
                Nearest(DiagnosticCode.UnknownObject, "id", mention.Name, _pending.Names, _objectOf));
        }

        return index;
    }

    private int SessionIndex(Mention mention)
    {
        int index = _sessionOf[mention.Name];
        if (index < 0)
        {
            Report(
                DiagnosticCode.UnknownSession,
                mention.Location,
                Nearest(
                    DiagnosticCode.UnknownSession, "name", mention.Name, _pending.SessionNames, _sessionOf));
        }

        return index;
    }

    private DiagnosticFact[] Nearest(
        DiagnosticCode code, string factName, int name, NameTable table, int[] indexOf)
    {
        string text = table.Text(name);
        string? suggestion = _problems.IsFull(code) ? null : Similarity.Nearest(text, table, indexOf);
        DiagnosticFact fact = Fact(factName, text);
        return suggestion is null ? [fact] : [fact, Fact("suggestion", suggestion)];
    }

    private void Invalid(SourceLocation location, string subject, string rule) =>
        Report(DiagnosticCode.InvalidBeginning, location, Fact("id", subject), Fact("rule", rule));

    private void Report(DiagnosticCode code, SourceLocation location, params DiagnosticFact[] facts) =>
        _problems.Add(
            new Diagnostic(code, DiagnosticSeverity.Error) { Location = location, Facts = [.. facts] });

    private static DiagnosticFact Fact(string name, string text) => new(name, text);

    private string SessionOrEmpty(PendingSession session) =>
        session.Name < 0 ? "" : SessionText(session.Name);

    private string Text(int name) => _pending.Names.Text(name);

    private string SessionText(int name) => _pending.SessionNames.Text(name);
}
