namespace GraphOrder.Reports;

/// <summary>Writes one graph as a flowchart of Mermaid. Not thread-safe.</summary>
internal sealed class MermaidWriter
{
    private const int LinksMax = 20;

    private readonly TextWriter _output;
    private readonly GraphFacts _facts;
    private readonly DrawnGraph _drawn;
    private readonly DependencyGraph _graph;
    private readonly List<int> _red = [];
    private int _arcCount;

    public MermaidWriter(TextWriter output, GraphFacts facts, DrawnGraph drawn)
    {
        _output = output;
        _facts = facts;
        _drawn = drawn;
        _graph = facts.Graph;
    }

    public void Write()
    {
        List<string> leftOut = GraphTitle.LeftOut(_facts, _drawn);
        _output.Write("%%{init: {\"flowchart\": {\"wrappingWidth\": 560}}}%%\n");
        _output.Write("%% Dependencies of a live update. An arrow leads from what needs to what is "
            + "needed.\n");
        foreach (string line in leftOut)
        {
            _output.Write($"%% {MermaidText.Of(line)}\n");
        }

        if (leftOut.Count > 0)
        {
            string command = Shown.Name(GraphTitle.WholeCommand(_facts), 4 * Shown.TitleMax);
            _output.Write($"%% All of it{MermaidText.Of(":")} {MermaidText.Of(command)}\n");
        }

        _output.Write("flowchart TB\n");
        _output.Write("  accTitle: Dependencies of a live update\n");
        _output.Write("  accDescr: An arrow leads from what needs to what is needed\n");
        WriteNote(leftOut);
        WriteNodes();
        foreach (DrawnArc arc in _drawn.Arcs)
        {
            WriteArc(arc);
        }

        foreach (CycleLink link in _facts.Cycle.Links.Take(LinksMax))
        {
            WriteLink(link);
        }

        WriteStyles();
    }

    private void WriteNote(List<string> leftOut)
    {
        string[] lines =
        [
            .. GraphTitle.Verdict(_facts), GraphTitle.Subject(_facts), .. GraphTitle.Legend(_facts, _drawn),
            .. leftOut,
        ];
        _output.Write($"  note[\"{MermaidText.Lines(lines)}\"]:::note\n");
    }

    private void WriteNodes()
    {
        List<int>[] own = new List<int>[_graph.SessionCount];
        List<int> outside = [];
        for (int node = 0; node < _drawn.Nodes.Count; node++)
        {
            bool isBoxed = _drawn.Level < FoldLevel.Sessions && _drawn.Nodes[node].Home is not null;
            List<int> list = isBoxed ? own[_drawn.Nodes[node].Home!.Value.Index] ??= [] : outside;
            list.Add(node);
        }

        for (int session = 0; session < own.Length; session++)
        {
            if (own[session] is { } members)
            {
                WriteSession(new SessionId(session), members);
            }
        }

        outside.ForEach(node => WriteNode("  ", node));
    }

    private void WriteSession(SessionId session, List<int> members)
    {
        int count = _drawn.SessionCounts[session.Index];
        string name = Shown.Name(_facts.Names.Of(session), Shown.NameMax);
        string label = count > 1 ? $"{name} and {count - 1} alike" : name;
        _output.Write($"  subgraph s{session.Index}[\"{MermaidText.Of(label)}\"]\n");
        members.ForEach(node => WriteNode("    ", node));
        _output.Write("  end\n");
    }

    private void WriteNode(string indent, int index)
    {
        DrawnNode node = _drawn.Nodes[index];
        NodeWords words = NodeWords.Of(_facts, node);
        bool isOnCycle = node.End is { } end && _facts.Cycle.Contains(end);
        bool isKernel = node.End is { IsSession: false } moved && _graph[moved.ObjectId].IsMovedByKernel;
        string look = isOnCycle ? ":::walk" : isKernel ? ":::kernel" : "";
        _output.Write($"{indent}n{index}{words.Look.Open}\""
            + $"{MermaidText.Lines([words.Name, .. words.Small])}\"{words.Look.Close}{look}\n");
    }

    private void WriteArc(DrawnArc arc)
    {
        List<string> label = [];
        label.AddRange(arc.Walk is null ? [] : [arc.Walk]);
        bool isUsual = arc.Phases == _facts.UsualPhases || _drawn.Level >= FoldLevel.Files;
        label.AddRange(isUsual || arc.Walk is not null ? [] : [_facts.PhasesBesideUsual(arc.Phases)]);
        label.AddRange(arc.IsWaived ? ["waived"] : []);
        label.AddRange(arc.IsElsewhere ? ["in another one"] : []);
        label.AddRange(arc.Count > 1 ? [$"x{arc.Count}"] : []);
        bool isDashed = arc.IsSoft || arc.IsWaived;
        WriteLine(arc.Tail, arc.Head, isDashed ? "-.->" : arc.Walk is null ? "-->" : "==>", label,
            isRed: arc.Walk is not null);
    }

    private void WriteLink(CycleLink link)
    {
        int tail = _drawn.NodeOf(link.Tail);
        int head = _drawn.NodeOf(link.Head);
        if (tail >= 0 && head >= 0 && tail != head)
        {
            string label = Shown.Name(link.Label, Shown.NameMax);
            WriteLine(tail, head, link.IsOrder ? "-.->" : "-.-", [label], isRed: true);
        }
    }

    private void WriteLine(int tail, int head, string line, List<string> label, bool isRed)
    {
        string words = label.Count == 0 ? "" : $"|\"{MermaidText.Of(string.Join(", ", label))}\"|";
        _output.Write($"  n{tail} {line}{words} n{head}\n");
        _red.AddRange(isRed ? [_arcCount] : []);
        _arcCount++;
    }

    private void WriteStyles()
    {
        _output.Write("  classDef note fill:#f6f8fa,stroke:#d0d7de,color:#1f2328,text-align:left\n");
        _output.Write("  classDef kernel stroke-dasharray:4 3\n");
        if (_facts.Cycle.AreAny)
        {
            _output.Write("  classDef walk stroke:#b42318,stroke-width:3px\n");
        }

        if (_red.Count > 0)
        {
            string places = string.Join(',', _red);
            _output.Write($"  linkStyle {places} stroke:#b42318,stroke-width:3px\n");
        }
    }
}
