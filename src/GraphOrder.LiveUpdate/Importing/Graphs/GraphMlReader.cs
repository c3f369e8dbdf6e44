using System.Text;
using System.Xml;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads GraphML as the known programs write it. Nested graphs are boxes; ports are passed over; edges of
/// more than two ends are refused. Bounded in depth, attributes and text, without recursion.
/// </summary>
internal sealed class GraphMlReader(ImportSource source)
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";
    private const int DepthMax = 64;
    private const long CharactersMax = 1L << 31;
    private const int TextMax = 1 << 26;
    private const int KeysMax = 1_000;

    private readonly ForeignGraph _graph = new(source.Name);
    private readonly Dictionary<string, Key> _keys = new(StringComparer.Ordinal);
    private readonly Stack<Frame> _frames = new();
    private readonly StringBuilder _text = new();
    private bool _hasGraph;

    private enum Part
    {
        Other,
        File,
        Key,
        Default,
        Graph,
        Node,
        Edge,
        Data,
        Label,
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is none.</exception>
    public ForeignGraph Read(CancellationToken cancellation)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = CharactersMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        WatchedStream text = new(source.Bytes);
        try
        {
            using XmlReader xml = XmlReader.Create(text, settings);
            for (int count = 0; ReadOn(xml); count++)
            {
                if (count % 4096 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                Take(xml);
            }
        }
        catch (XmlException error)
        {
            SourceLocation place = new(Math.Max(error.LineNumber, 1), Math.Max(error.LinePosition, 1));
            throw text.IsAtEnd && _frames.Count > 0
                ? ImportException.CutOff(source.Name, place, "the rest of the GraphML")
                : _graph.Unexpected(
                    place,
                    "text that is no XML",
                    "GraphML, that is XML without a document type,",
                    ForeignText.HintOfNoGraph(text.Head));
        }

        if (!_hasGraph)
        {
            throw _graph.Unexpected(new(1, 1), "no graph", "GraphML with a graph");
        }

        foreach (ForeignEdge edge in _graph.Edges)
        {
            End(edge, edge.Tail);
            End(edge, edge.Head);
        }

        ApplyDefaults();
        return _graph;
    }

    // The reader of .NET miscounts where a declaration behind spaces does not end: that is no XML.
    private static bool ReadOn(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new XmlException(error.Message, error);
        }
    }

    private static SourceLocation PlaceOf(XmlReader xml) =>
        xml is IXmlLineInfo info && info.HasLineInfo() ? new(info.LineNumber, info.LinePosition) : default;

    private ForeignNode End(ForeignEdge edge, string id) => _graph.Find(id)
        ?? throw _graph.Unexpected(
            edge.Place, $"an edge at {ImportLines.Quoted(id)}, which no node has for its id",
            "the id of a node");

    private void Take(XmlReader xml)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                Begin(xml);
                if (xml.IsEmptyElement)
                {
                    Finish(PlaceOf(xml));
                }

                break;
            case XmlNodeType.EndElement:
                Finish(PlaceOf(xml));
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
                or XmlNodeType.Whitespace:
                if (_frames.TryPeek(out Frame? frame)
                    && frame.Part is Part.Data or Part.Default or Part.Label)
                {
                    _text.Append(xml.Value);
                    if (_text.Length > TextMax)
                    {
                        throw _graph.Unexpected(PlaceOf(xml), "a text that is too long", "a shorter one");
                    }
                }

                break;
        }
    }

    private void Begin(XmlReader xml)
    {
        SourceLocation place = PlaceOf(xml);
        if (_frames.Count >= DepthMax)
        {
            throw _graph.Unexpected(place, "an element too deep", $"at most {DepthMax} in one another");
        }

        if (xml.AttributeCount > ForeignAttributes.CountMax)
        {
            throw _graph.Unexpected(
                place, "an attribute too many", $"at most {ForeignAttributes.CountMax} each");
        }

        Frame? outer = _frames.TryPeek(out Frame? found) ? found : null;
        bool isOwn = xml.NamespaceURI is "" or Namespace;
        Frame frame = (outer?.Part, isOwn ? xml.LocalName : "") switch
        {
            (null, "graphml") => new(Part.File),
            (null, _) => throw _graph.Unexpected(
                place, $"an element {ImportLines.Quoted(xml.LocalName)}", "graphml"),
            (Part.File, "key") => BeginKey(xml, place),
            (Part.Key, "default") => new(Part.Default) { Key = outer!.Key },
            (Part.File or Part.Node, "graph") => BeginGraph(xml, place, outer!),
            (Part.Graph, "node") => BeginNode(xml, place, outer!),
            (Part.Graph, "edge") => BeginEdge(xml, place),
            (Part.Graph, "hyperedge") => throw _graph.Unexpected(
                place, "an edge of several ends", "an edge of two"),
            (Part.Graph or Part.Node or Part.Edge, "data") => BeginData(xml, place, outer!),
            (Part.Data or Part.Other, "") when xml.LocalName == "NodeLabel" =>
                new(Part.Label) { Node = outer!.Node },
            _ => new(Part.Other) { Node = outer!.Node },
        };
        if (frame.Part is Part.Data or Part.Default or Part.Label)
        {
            _text.Clear();
        }

        _frames.Push(frame);
    }

    private Frame BeginKey(XmlReader xml, SourceLocation place)
    {
        string id = Required(xml, "id", place);
        string name = xml.GetAttribute("attr.name") ?? xml.GetAttribute("yfiles.type") ?? id;
        Key key = new(name, xml.GetAttribute("for") ?? "all");
        if (!_keys.TryAdd(id, key) || _keys.Count > KeysMax)
        {
            throw _graph.Unexpected(place, $"key {ImportLines.Quoted(id)} again, or a key too many",
                $"at most {KeysMax} keys, each id once");
        }

        return new(Part.Key) { Key = key };
    }

    private Frame BeginGraph(XmlReader xml, SourceLocation place, Frame outer)
    {
        string direction = Required(xml, "edgedefault", place);
        if (direction != "directed")
        {
            throw _graph.Unexpected(place, "a graph that is not directed",
                "a directed one, since a dependency has a direction");
        }

        if (outer.Part == Part.File && _hasGraph)
        {
            throw _graph.Unexpected(place, "a second graph", "one graph");
        }

        _hasGraph = true;
        ForeignBox? box = null;
        if (outer.Node is { } group)
        {
            group.IsBox = new ForeignBox(group.Id, group.Place);
            box = group.Box ?? group.IsBox;
        }

        return new(Part.Graph) { Box = box };
    }

    private Frame BeginNode(XmlReader xml, SourceLocation place, Frame outer)
    {
        ForeignNode node = _graph.AddNode(Required(xml, "id", place), place);
        node.Box = outer.Box;
        return new(Part.Node) { Node = node };
    }

    private Frame BeginEdge(XmlReader xml, SourceLocation place)
    {
        if (xml.GetAttribute("directed") is { } directed && directed != "true" && directed != "1")
        {
            throw _graph.Unexpected(place, "an edge that is not directed",
                "a directed one, since a dependency has a direction");
        }

        return new(Part.Edge)
        {
            Edge = _graph.AddEdge(
                Required(xml, "source", place), Required(xml, "target", place), place),
        };
    }

    private Frame BeginData(XmlReader xml, SourceLocation place, Frame outer)
    {
        string id = Required(xml, "key", place);
        return _keys.TryGetValue(id, out Key? key)
            ? new(Part.Data)
            {
                Key = key,
                Node = outer.Node,
                Edge = outer.Edge,
                Box = outer.Box,
                Of = outer.Part,
            }
            : throw _graph.Unexpected(
                place, $"data of {ImportLines.Quoted(id)}, which is no key", "the id of a key");
    }

    private string Required(XmlReader xml, string name, SourceLocation place) => xml.GetAttribute(name)
        ?? throw _graph.Unexpected(
            place, $"an element {ImportLines.Quoted(xml.LocalName)} without {name}", $"its {name}");

    private void Finish(SourceLocation place)
    {
        Frame frame = _frames.Pop();
        switch (frame.Part)
        {
            case Part.Default:
                frame.Key!.Default = _text.ToString();
                break;
            case Part.Label when frame.Node is { } labelled:
                _graph.Set(labelled.Attributes, "label", _text.ToString().Trim(), place);
                _text.Clear();
                break;
            case Part.Data when !frame.Key!.Name.EndsWith("graphics", StringComparison.Ordinal):
                // What nests in a nested graph says nothing of the whole one.
                ForeignAttributes? attributes = frame.Of switch
                {
                    Part.Node => frame.Node!.Attributes,
                    Part.Edge => frame.Edge!.Attributes,
                    _ => frame.Box is null ? _graph.Attributes : null,
                };
                if (attributes is not null)
                {
                    _graph.Set(attributes, frame.Key.Name, _text.ToString(), place);
                }

                break;
        }
    }

    private void ApplyDefaults()
    {
        foreach (Key key in _keys.Values)
        {
            if (key.Default is not { } value || !GraphSet.IsKnown(key.Name))
            {
                continue;
            }

            foreach (ForeignNode node in key.Of is "node" or "all" ? _graph.Nodes : [])
            {
                node.Attributes.SetDefault(key.Name, value);
            }

            foreach (ForeignEdge edge in key.Of is "edge" or "all" ? _graph.Edges : [])
            {
                edge.Attributes.SetDefault(key.Name, value);
            }
        }
    }

    private sealed class Key(string name, string of)
    {
        public string Name { get; } = name;

        public string Of { get; } = of;

        public string? Default { get; set; }
    }

    private sealed class Frame(Part part)
    {
        public Part Part { get; } = part;

        public Part Of { get; init; }

        public Key? Key { get; init; }

        public ForeignNode? Node { get; init; }

        public ForeignEdge? Edge { get; init; }

        public ForeignBox? Box { get; init; }
    }
}
