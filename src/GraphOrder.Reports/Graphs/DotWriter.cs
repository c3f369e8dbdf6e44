namespace GraphOrder.Reports;

/// <summary>Writes one graph in the language of Graphviz. Not thread-safe.</summary>
internal sealed class DotWriter
{
    private const string Ink = "#1f2328";
    private const string Muted = "#59636e";
    private const string Danger = "#b42318";
    private const string Line = "#8c959f";
    private const string Ground = "#f6f8fa";

    private const int LinksMax = 200;

    private readonly TextWriter _output;
    private readonly GraphFacts _facts;
    private readonly DrawnGraph _drawn;
    private readonly DependencyGraph _graph;

    public DotWriter(TextWriter output, GraphFacts facts, DrawnGraph drawn)
    {
        _output = output;
        _facts = facts;
        _drawn = drawn;
        _graph = facts.Graph;
    }

    public void Write()
    {
        WriteHead();
        WriteNodes();
        foreach (DrawnArc arc in _drawn.Arcs)
        {
            WriteArc(arc);
        }

        foreach (CycleLink link in _facts.Cycle.Links.Take(LinksMax))
        {
            WriteLink(link);
        }

        _output.Write("}\n");
    }

    private void WriteHead()
    {
        string[] verdict = GraphTitle.Verdict(_facts);
        List<string> leftOut = GraphTitle.LeftOut(_facts, _drawn);
        List<string> small = [GraphTitle.Subject(_facts), .. GraphTitle.Legend(_facts, _drawn), .. leftOut];
        if (leftOut.Count > 0)
        {
            small.Add($"All of it: {Shown.Name(GraphTitle.WholeCommand(_facts), 2 * Shown.TitleMax)}");
        }

        string colour = _facts.Run is null ? Danger : Ink;
        string title = string.Join(
            "<br align=\"left\"/>", verdict.Select(static line => $"<b>{DotText.Markup(line)}</b>"));
        string rest = string.Join("<br align=\"left\"/>", small.Select(DotText.Markup));
        _output.Write("// Dependencies of a live update. An edge leads from what needs to what is needed.\n");
        _output.Write($"digraph {DotText.Exact(_facts.Picture.Report.SetName)} {{\n");
        _output.Write($"  graph [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, fontcolor=\"{Ink}\", "
            + "bgcolor=\"#ffffff\", pad=0.2, rankdir=TB, ranksep=0.55, nodesep=0.3, labelloc=t, labeljust=l, "
            + "tooltip=\" \"];\n");
        _output.Write($"  graph [label=<<font point-size=\"14\" color=\"{colour}\">{title}"
            + $"<br align=\"left\"/></font><font color=\"{Muted}\">{rest}<br align=\"left\"/></font>>];\n");
        _output.Write($"  graph [schema=\"graphorder/graph/1\", {Whole()}];\n");
        _output.Write($"  node [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, fontcolor=\"{Ink}\", "
            + $"color=\"{Muted}\", fillcolor=\"#ffffff\", style=filled, shape=box, margin=\"0.12,0.06\"];\n");
        _output.Write($"  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=9, fontcolor=\"{Muted}\", "
            + $"color=\"{Muted}\", arrowsize=0.7];\n");
    }

    private string Whole() => GraphTitle.IsFolded(_drawn)
        ? "folded=true"
        : $"sessions={DotText.Exact(SessionList.Of(_graph.Set))}";

    // All nodes in the order of the set, which a reader takes over; then which of them stand in which box.
    private void WriteNodes()
    {
        List<int>[] own = new List<int>[_graph.SessionCount];
        int[] sorted = new int[_drawn.Nodes.Count];
        long[] places = new long[sorted.Length];
        for (int node = 0; node < sorted.Length; node++)
        {
            sorted[node] = node;
            places[node] = _drawn.Nodes[node].End is not { } end ? int.MaxValue
                : end.IsSession ? (long)_graph.ObjectCount + end.SessionId.Index
                : end.ObjectId.Index;
            if (_drawn.Nodes[node].Home is { } home)
            {
                (own[home.Index] ??= []).Add(node);
            }
        }

        Array.Sort(places, sorted);
        Array.ForEach(sorted, WriteNode);
        for (int session = 0; session < own.Length && _drawn.Level < FoldLevel.Sessions; session++)
        {
            if (own[session] is { } members)
            {
                WriteSession(new SessionId(session), members);
            }
        }
    }

    private void WriteSession(SessionId session, List<int> members)
    {
        int count = _drawn.SessionCounts[session.Index];
        string name = Shown.Name(_facts.Names.Of(session), Shown.NameMax);
        string label = count > 1 ? $"{name} and {count - 1} alike" : name;
        bool isOnCycle = _facts.Cycle.Contains(session);
        string edge = isOnCycle ? $"color=\"{Danger}\", penwidth=1.6" : "color=\"#d0d7de\"";
        _output.Write($"  subgraph \"cluster_s{session.Index}\" {{\n");
        _output.Write($"    graph [label=<<b>{DotText.Markup(label)}</b>>, labeljust=l, "
            + $"style=\"rounded,filled\", fillcolor=\"{Ground}\", {edge}, margin=12, "
            + $"tooltip={DotText.Lines($"session {_facts.Names.Of(session)}")}];\n");
        Dictionary<int, List<int>> carried = [];
        foreach (int node in members)
        {
            if (CarrierOf(node) is { } carrier)
            {
                List<int> list = carried.TryGetValue(carrier, out List<int>? known) ? known : [];
                carried[carrier] = list;
                list.Add(node);
            }
        }

        foreach (int node in members)
        {
            if (carried.TryGetValue(node, out List<int>? inside))
            {
                WriteFile(node, inside);
            }
            else if (CarrierOf(node) is null)
            {
                _output.Write($"    {IdOf(node)};\n");
            }
        }

        _output.Write("  }\n");
    }

    private void WriteFile(int file, List<int> inside)
    {
        string tooltip = DotText.Lines($"what travels in {NameOf(_drawn.Nodes[file])}");
        _output.Write($"    subgraph \"cluster_f{_drawn.Nodes[file].End!.Value.ObjectId.Index}\" {{\n");
        _output.Write($"      graph [label=\"\", style=\"rounded,dashed\", color=\"{Line}\", margin=8, "
            + $"tooltip={tooltip}];\n");
        _output.Write($"      {IdOf(file)};");
        inside.ForEach(node => _output.Write($" {IdOf(node)};"));
        _output.Write("\n    }\n");
    }

    private int? CarrierOf(int node) =>
        _drawn.Nodes[node].End is { IsSession: false } end && _graph[end.ObjectId].Carrier is { } carrier
            ? _drawn.NodeOf(carrier)
            : null;

    private string NameOf(DrawnNode node) =>
        node.End is { } end ? _facts.Names.Of(end) : NodeWords.Many(node);

    private string IdOf(int node) => _drawn.Nodes[node].End is { } end
        ? DotText.Exact(_graph.Set.NameOf(end))
        : $"\"(many {node})\"";

    private void WriteNode(int index)
    {
        DrawnNode node = _drawn.Nodes[index];
        NodeWords words = NodeWords.Of(_facts, node);
        string small = string.Join("<br/>", words.Small.Select(DotText.Markup));
        small = small.Length == 0 ? "" : $"<br/><font point-size=\"9\" color=\"{Muted}\">{small}</font>";
        bool isOnCycle = node.End is { } end && _facts.Cycle.Contains(end);
        string look = isOnCycle ? $", color=\"{Danger}\", penwidth=2.2" : "";
        look += words.Look.Shape == "box" ? "" : $", shape={words.Look.Shape}";
        look += words.Look.Shape is "cylinder" or "box3d" ? ", margin=\"0.14,0.09\""
            : words.Look.Shape == "cds" ? ", margin=\"0.22,0.14\""
            : "";
        look += node.End is { IsSession: false } kernel && _graph[kernel.ObjectId].IsMovedByKernel
            ? ", style=\"filled,dashed\""
            : "";
        _output.Write($"  {IdOf(index)} [label=<<b>{DotText.Markup(words.Name)}</b>{small}>{look}, "
            + $"tooltip={DotText.Lines([NameOf(node), .. words.Small])}");
        if (!GraphTitle.IsFolded(_drawn))
        {
            WriteFacts(node.End!.Value);
        }

        _output.Write("];\n");
    }

    // What a reader of the file makes the object of again.
    private void WriteFacts(DependencyEnd end)
    {
        foreach ((string name, string value) in NodeAttributes.Of(_graph, end))
        {
            _output.Write($", {name}={DotText.Exact(value)}");
        }
    }

    private void WriteArc(DrawnArc arc)
    {
        ref readonly Dependency dependency = ref _graph.Dependencies[arc.First];
        List<string> label = [];
        label.AddRange(arc.Walk is null ? [] : [arc.Walk]);
        bool isUsual = arc.Phases == _facts.UsualPhases || _drawn.Level >= FoldLevel.Files;
        label.AddRange(isUsual || arc.Walk is not null ? [] : [_facts.PhasesBesideUsual(arc.Phases)]);
        label.AddRange(arc.IsWaived ? ["waived"] : []);
        label.AddRange(arc.IsElsewhere ? ["in another one"] : []);
        label.AddRange(arc.Count > 1 ? [$"x{arc.Count}"] : []);
        string style = arc.IsWaived ? "dotted" : arc.IsSoft ? "dashed" : "solid";
        style = arc.Walk is null ? style : $"{style},bold";
        List<string> attributes = [];
        attributes.AddRange(style == "solid" ? [] : [$"style=\"{style}\""]);
        attributes.AddRange(arc.Walk is null
            ? []
            : [$"color=\"{Danger}\", fontcolor=\"{Danger}\", penwidth=2.4, fontsize=11"]);
        attributes.AddRange(label.Count == 0 ? [] : [$"label={DotText.Lines(label)}"]);
        // What is needed in retrieve alone is mostly metadata, which needs the other end in preserve: two
        // arrows of which one may run against the rows.
        attributes.AddRange(arc.Phases == PhaseSet.Of(Phase.Retrieve) ? ["constraint=false"] : []);
        string tooltip = DotText.Lines(TooltipOf(arc, dependency));
        attributes.Add($"tooltip={tooltip}");
        attributes.AddRange(label.Count == 0 ? [] : [$"labeltooltip={tooltip}"]);
        if (!GraphTitle.IsFolded(_drawn))
        {
            foreach ((string name, string value) in ArcAttributes.Of(dependency, "waiverWeight"))
            {
                attributes.Add($"{name}={DotText.Exact(value)}");
            }
        }

        _output.Write($"  {IdOf(arc.Tail)} -> {IdOf(arc.Head)} [{string.Join(", ", attributes)}];\n");
    }

    private IEnumerable<string> TooltipOf(DrawnArc arc, in Dependency dependency)
    {
        string strength = dependency.Strength == DependencyStrength.Hard ? "hard"
            : $"soft, weight {dependency.Weight}";
        string more = arc.Count > 1 ? $" (and {arc.Count - 1} more)" : "";
        return
        [
            $"{_facts.Names.Of(dependency.Dependent)} needs {_facts.Names.Of(dependency.On)}{more}",
            $"in {arc.Phases}; {strength}",
            GraphFacts.OriginOf(dependency),
        ];
    }

    private void WriteLink(CycleLink link)
    {
        int tail = _drawn.NodeOf(link.Tail);
        int head = _drawn.NodeOf(link.Head);
        if (tail < 0 || head < 0 || tail == head)
        {
            return;
        }

        string ends = link.IsOrder ? "" : ", dir=none";
        string label = DotText.Lines(Shown.Name(link.Label, Shown.TitleMax));
        _output.Write($"  {IdOf(tail)} -> {IdOf(head)} [style=\"dotted,bold\", color=\"{Danger}\", "
            + $"fontcolor=\"{Danger}\", constraint=false{ends}, label={label}, walk=link];\n");
    }
}
