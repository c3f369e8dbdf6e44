using System.Buffers;
using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a set of a graph. Kind and session are found in attributes of these names; the session else in the
/// box that a node is drawn in; else there is one session for all. A kind that is not known is one of the
/// user's own, and so is that of a node that names none.
/// </summary>
internal sealed class GraphSet
{
    private const string OurSchema = "graphorder/graph/1";
    private const string SessionKind = "session";
    private const string DefaultSession = "imported";
    private const string DefaultKind = ObjectKind.CustomPrefix + "node";

    private static readonly SearchValues<char> Numbering = SearchValues.Create("0123456789n:");

    private static readonly HashSet<string> KnownNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "kind", "session", "within", "token", "phase", "when", "label",
        "phases", "soft", "strength", "weight", "waiverWeight", "declaredBy", "why",
    };

    private readonly ForeignGraph _graph;
    private readonly ImportedSet _set;
    private readonly bool _isOurs;
    private readonly bool _isCalledByLabels;
    private readonly Dictionary<string, ImportedSession> _sessions = new(StringComparer.Ordinal);

    private GraphSet(string importer, ForeignGraph graph)
    {
        _graph = graph;
        _set = new ImportedSet(importer) { Empty = ("The graph", "It has no node") };
        _isOurs = graph.Attributes["schema"] == OurSchema;
        _isCalledByLabels = !_isOurs && AreCalledByLabels(graph);
    }

    /// <summary>Whether an attribute means something here.</summary>
    public static bool IsKnown(string name) => KnownNames.Contains(name);

    /// <summary>Makes the set.</summary>
    /// <exception cref="ImportException">The graph says something that no set can hold.</exception>
    public static ImportedSet Of(string importer, ForeignGraph graph)
    {
        if (graph.Attributes.Says("folded"))
        {
            throw graph.Unexpected(
                new(1, 1),
                "a picture that draws many sessions as one",
                "a graph of single objects",
                "Write the graph with plan --format graphml, which folds nothing, and use "
                + "graph-order import graphml");
        }

        GraphSet made = new(importer, graph);
        made.AddSessions();
        foreach (ForeignNode node in graph.Nodes)
        {
            made.AddNode(node);
        }

        foreach (ForeignEdge edge in graph.Edges)
        {
            made.AddEdge(edge);
        }

        return made._set;
    }

    // yEd numbers its nodes n0, n1 and so on; what a person calls them are the labels.
    private static bool AreCalledByLabels(ForeignGraph graph)
    {
        HashSet<string> labels = new(StringComparer.Ordinal);
        foreach (ForeignNode node in graph.Nodes)
        {
            bool isNumbered = node.Id.Length > 1 && node.Id[0] == 'n'
                && !node.Id.AsSpan(1).ContainsAnyExcept(Numbering);
            if (!isNumbered || (node.IsBox is null && (node.Attributes["label"] is not { } label
                || !labels.Add(label))))
            {
                return false;
            }
        }

        return labels.Count > 0;
    }

    private string Text(string written) => _isOurs ? MarkupName.Unescape(written) : written;

    private string? Get(ForeignAttributes attributes, string name) =>
        attributes[name] is { } value ? Text(value) : null;

    private ImportException Unexpected(SourceLocation place, string found, string expected) =>
        _graph.Unexpected(place, found, expected);

    private void AddSessions()
    {
        if (!_isOurs || Get(_graph.Attributes, "sessions") is not { } list)
        {
            return;
        }

        try
        {
            ImportJson read = ImportJson.Read(
                _graph.Source, Encoding.UTF8.GetBytes($"{{\"sessions\":{list}}}"));
            foreach (ImportJson session in read.Get("sessions").Entries())
            {
                ImportedSession made = new(session.Get("name").Text())
                {
                    IsCreated = session.Find("created")?.IsTrue() ?? false,
                    KnowsPreserved = session.Find("preserved") is not null,
                };
                made.Preserved.AddRange(Texts(session.Find("preserved")));
                made.Blackout.AddRange(Texts(session.Find("blackout")));
                _set.Sessions.Add(made);
                _sessions.TryAdd(made.Name, made);
            }
        }
        catch (ImportException)
        {
            throw Unexpected(default, "an attribute 'sessions' that is no list of sessions",
                "what --format graphml wrote there");
        }
    }

    private static IEnumerable<string> Texts(ImportJson? list) =>
        list?.Entries().Select(static entry => entry.Text()) ?? [];

    private void DemandSession(string name, SourceLocation place)
    {
        if (_sessions.ContainsKey(name))
        {
            return;
        }

        if (!ImportText.IsSessionName(name))
        {
            throw Unexpected(
                place, $"session {ImportLines.Quoted(name)}", "a name of 1 to 63 bytes without NUL");
        }

        ImportedSession made = new(name);
        _sessions.Add(name, made);
        _set.Sessions.Add(made);
    }

    private static bool IsSession(ForeignNode node) =>
        node.IsBox is not null || node.Attributes["kind"] == SessionKind;

    // The id of an object, or session:NAME.
    private string NameOf(ForeignNode node)
    {
        if (IsSession(node))
        {
            return SessionSet.SessionPrefix + SessionNameOf(node);
        }

        return Text(_isCalledByLabels ? node.Attributes["label"]! : node.Id);
    }

    private string SessionNameOf(ForeignNode node) => node.IsBox is null
        ? Get(node.Attributes, "session") ?? Text(node.Id)
        : (node.Box is { } outer ? BoxName(outer) : null)
            ?? Get(node.Attributes, "session") ?? Get(node.Attributes, "label") ?? Text(node.Id);

    private string BoxName(ForeignBox box) =>
        _graph.Find(box.Name) is { IsBox: { } own } group && own == box
            ? SessionNameOf(group)
            : Text(box.Label ?? box.Name);

    private void AddNode(ForeignNode node)
    {
        if (IsSession(node))
        {
            DemandSession(SessionNameOf(node), node.Place);
            return;
        }

        ObjectKind kind = KindOf(node);
        string? within = Get(node.Attributes, "within");
        string? session = within is not null && kind != ObjectKind.Act ? null : SessionOf(node, kind);
        if (session is not null)
        {
            DemandSession(session, node.Place);
        }

        string? phase = kind == ObjectKind.Act ? Get(node.Attributes, "phase") : null;
        ImportedObject made = new(NameOf(node), kind)
        {
            Session = session,
            Within = within,
            Token = kind == ObjectKind.Act ? null : TokenOf(node),
            Phase = phase is null ? null : PhaseOf(phase, node.Place),
            IsLate = kind == ObjectKind.Act && node.Attributes["when"] == "late",
        };
        _set.Objects.Add(made);
    }

    private ObjectKind KindOf(ForeignNode node)
    {
        string name = Get(node.Attributes, "kind") ?? DefaultKind;
        return ObjectKind.TryParse(name, out ObjectKind kind)
            || ObjectKind.TryParse(ObjectKind.CustomPrefix + name, out kind)
            ? kind
            : throw Unexpected(node.Place, $"kind {ImportLines.Quoted(name)}", "a kind");
    }

    private string? SessionOf(ForeignNode node, ObjectKind kind)
    {
        string? said = Get(node.Attributes, "session");
        bool isMoved = kind.MayBeMovedByKernel && !kind.IsCustom;
        return said is not null || _isOurs ? said
            : node.Box is { } box ? BoxName(box)
            : isMoved ? null
            : DefaultSession;
    }

    private ulong? TokenOf(ForeignNode node)
    {
        if (Get(node.Attributes, "token") is not { } text)
        {
            return null;
        }

        bool isHex = text.StartsWith("0x", StringComparison.Ordinal);
        return ulong.TryParse(
            isHex ? text.AsSpan(2) : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ulong token)
            ? token
            : throw Unexpected(node.Place, $"token {ImportLines.Quoted(text)}", "a number, as 7 or 0x7");
    }

    private Phase PhaseOf(string name, SourceLocation place) => Phases.TryParse(name, out Phase phase)
        ? phase
        : throw Unexpected(
            place,
            $"phase {ImportLines.Quoted(name)}",
            "preserve, freeze, unfreeze, unpreserve, retrieve or finish");

    private void AddEdge(ForeignEdge edge)
    {
        ForeignAttributes said = edge.Attributes;
        if (_isOurs && said["walk"] == "link")
        {
            return;
        }

        string dependent = NameOf(_graph.Find(edge.Tail)!);
        string on = NameOf(_graph.Find(edge.Head)!);
        if (dependent == on)
        {
            throw Unexpected(edge.Place, $"an edge from {ImportLines.Quoted(on)} to itself",
                "two ends, since nothing depends on itself");
        }

        List<Phase> phases = [];
        foreach (string name in (Get(said, "phases") ?? "").Split(
            [' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            Phase phase = PhaseOf(name, edge.Place);
            if (!phases.Contains(phase))
            {
                phases.Add(phase);
            }
        }

        bool isSoft = said.Says("soft") || said["strength"] == "soft";
        string? why = Get(said, "why") ?? (_isOurs ? null : said["label"]);
        _set.Dependencies.Add(new(dependent, on, why)
        {
            Phases = phases,
            IsSoft = isSoft,
            Weight = WeightOf(edge, isSoft),
            DeclaredBy = Get(said, "declaredBy") ?? (_isOurs ? null : "import"),
        });
    }

    // To other programs a weight is that of any edge, and mostly a fraction; here soft ones have one.
    private long WeightOf(ForeignEdge edge, bool isSoft)
    {
        string? text = edge.Attributes["waiverWeight"]
            ?? (isSoft || _isOurs ? edge.Attributes["weight"] : null);
        if (text is null)
        {
            return 1;
        }

        if (text.EndsWith(".0", StringComparison.Ordinal))
        {
            text = text[..^2];
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long weight)
            && weight > 0
            ? weight
            : throw Unexpected(
                edge.Place, $"weight {ImportLines.Quoted(text)}", "a whole number from 1 up");
    }
}
