namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads a directed graph in the language of Graphviz by its grammar, with a stack of its own. Layout is
/// passed over; a cluster is a box.
/// </summary>
internal sealed class DotReader
{
    private const int DepthMax = 64;
    private const string ClusterPrefix = "cluster";

    private readonly DotScanner _scanner;
    private readonly ForeignGraph _graph;
    private readonly Stack<DotScope> _scopes = new();
    private readonly Dictionary<(string, string), ForeignEdge> _edges = [];
    private DotToken _token;
    private bool _isStrict;

    public DotReader(ImportSource source)
    {
        _scanner = new DotScanner(source);
        _graph = new ForeignGraph(source.Name);
    }

    private DotScope Scope => _scopes.Peek();

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportException">It is none.</exception>
    public ForeignGraph Read()
    {
        Advance();
        ReadHead();
        _scopes.Push(new());
        while (_scopes.Count > 0)
        {
            ReadStatement();
        }

        return _token.Kind == DotKind.End ? _graph : throw Unexpected("the end of the file");
    }

    private void Advance() => _token = _scanner.Take();

    private ImportException Unexpected(string expected) => _token.Kind == DotKind.End
        ? _scanner.CutOff(_token.Place, expected)
        : _scanner.Unexpected(_token.Place, _token.Shown, expected);

    private bool IsKeyword(string word) => _token.Kind == DotKind.Keyword && _token.Text == word;

    private void Expect(string sign)
    {
        if (!_token.Is(sign))
        {
            throw Unexpected(ImportLines.Quoted(sign));
        }

        Advance();
    }

    private void ReadHead()
    {
        if (IsKeyword("strict"))
        {
            _isStrict = true;
            Advance();
        }

        if (IsKeyword("graph"))
        {
            throw _scanner.Unexpected(_token.Place, "a graph that is not directed",
                "digraph, since a dependency has a direction");
        }

        if (!IsKeyword("digraph"))
        {
            throw _scanner.Unexpected(_token.Place, _token.Shown, "digraph", _scanner.Hint);
        }

        Advance();
        if (_token.Kind == DotKind.Id)
        {
            Advance();
        }

        Expect("{");
    }

    private void ReadStatement()
    {
        if (_token.Is("}"))
        {
            Close();
        }
        else if (_token.Is(";") && Scope.Chain.Count == 0)
        {
            Advance();
        }
        else if (IsKeyword("subgraph") || _token.Is("{"))
        {
            Open();
        }
        else if (_token.Kind == DotKind.Keyword && _token.Text is "graph" or "node" or "edge")
        {
            ReadDefaults();
        }
        else if (_token.Kind == DotKind.Id)
        {
            ReadNode();
        }
        else
        {
            throw Unexpected("a node, an edge or a closing brace");
        }
    }

    private void ReadDefaults()
    {
        string of = _token.Text;
        DemandNoChain();
        Advance();
        if (!_token.Is("["))
        {
            throw Unexpected("'['");
        }

        ReadAttributes((name, value, place, isMarkup) =>
        {
            if (of == "graph")
            {
                SetOfGraph(name, value, place, isMarkup);
                return;
            }

            // A node or an edge that was read keeps what it has.
            ForeignAttributes changed = of == "node" ? Scope.NodeDefaults.Copy() : Scope.EdgeDefaults.Copy();
            _graph.Set(changed, name, value, place);
            _ = of == "node" ? Scope.NodeDefaults = changed : Scope.EdgeDefaults = changed;
        });
        SkipSeparator();
    }

    private void SetOfGraph(string name, string value, SourceLocation place, bool isMarkup)
    {
        if (_scopes.Count == 1)
        {
            _graph.Set(_graph.Attributes, name, value, place);
        }
        else if (Scope.Own is { } box && name == "label" && !isMarkup)
        {
            box.Label = value;
        }
    }

    // An arrow in front of what is no end of an edge.
    private void DemandNoChain()
    {
        if (Scope.Chain.Count > 0)
        {
            throw Unexpected("a node or a subgraph");
        }
    }

    private void ReadNode()
    {
        DotToken id = _token;
        Advance();
        if (_token.Is("=") && Scope.Chain.Count == 0)
        {
            Advance();
            DotToken value = TakeId();
            SetOfGraph(id.Text, value.Text, id.Place, value.IsMarkup);
            SkipSeparator();
            return;
        }

        for (int port = 0; port < 2 && _token.Is(":"); port++)
        {
            Advance();
            TakeId();
        }

        Mention(id);
        AddEnd([id.Text], isNode: true, id.Place);
    }

    private void Mention(DotToken id)
    {
        ForeignNode? node = _graph.Find(id.Text);
        if (node is null)
        {
            node = _graph.AddNode(id.Text, id.Place);
            node.Attributes = Scope.NodeDefaults.Copy();
        }

        node.Box ??= Scope.Outermost;
        Scope.Nodes.Add(id.Text);
    }

    private DotToken TakeId()
    {
        DotToken id = _token;
        if (id.Kind != DotKind.Id)
        {
            throw Unexpected("an id");
        }

        Advance();
        return id;
    }

    private void Open()
    {
        SourceLocation place = _token.Place;
        string name = "";
        if (IsKeyword("subgraph"))
        {
            Advance();
            if (_token.Kind == DotKind.Id)
            {
                name = _token.Text;
                Advance();
            }
        }

        Expect("{");
        if (_scopes.Count >= DepthMax)
        {
            throw _scanner.Unexpected(place, "a subgraph too deep", $"at most {DepthMax} in one another");
        }

        ForeignBox? own = name.StartsWith(ClusterPrefix, StringComparison.Ordinal)
            ? new ForeignBox(name[ClusterPrefix.Length..].TrimStart('_'), place)
            : null;
        _scopes.Push(new()
        {
            Own = own,
            Outermost = Scope.Outermost ?? own,
            NodeDefaults = Scope.NodeDefaults,
            EdgeDefaults = Scope.EdgeDefaults,
            Place = place,
        });
    }

    private void Close()
    {
        DemandNoChain();
        DotScope closed = _scopes.Pop();
        Advance();
        if (_scopes.Count > 0)
        {
            Scope.Nodes.UnionWith(closed.Nodes);
            AddEnd([.. closed.Nodes], isNode: false, closed.Place);
        }
    }

    // Behind an end: an arrow and the next one, or the end of the statement.
    private void AddEnd(string[] nodes, bool isNode, SourceLocation place)
    {
        List<(string[] Nodes, bool IsNode)> chain = Scope.Chain;
        Scope.Place = chain.Count == 0 ? place : Scope.Place;
        chain.Add((nodes, isNode));
        if (_token.Is("--"))
        {
            throw _scanner.Unexpected(_token.Place, "an edge that is not directed", "'->'");
        }

        if (_token.Is("->"))
        {
            Advance();
            if (_token.Kind != DotKind.Id && !_token.Is("{") && !IsKeyword("subgraph"))
            {
                throw Unexpected("a node or a subgraph");
            }

            return;
        }

        FinishStatement(chain);
        chain.Clear();
        SkipSeparator();
    }

    private void FinishStatement(List<(string[] Nodes, bool IsNode)> chain)
    {
        if (chain.Count == 1)
        {
            if (_token.Is("[") && !chain[0].IsNode)
            {
                throw Unexpected("an edge or the end of the statement");
            }

            ForeignNode? node = chain[0].IsNode ? _graph.Find(chain[0].Nodes[0]) : null;
            ReadAttributes((name, value, place, isMarkup) =>
            {
                if (!isMarkup)
                {
                    _graph.Set(node!.Attributes, name, value, place);
                }
            });
            return;
        }

        ForeignAttributes own = Scope.EdgeDefaults.Copy();
        ReadAttributes((name, value, place, isMarkup) =>
        {
            if (!isMarkup)
            {
                _graph.Set(own, name, value, place);
            }
        });
        for (int i = 1; i < chain.Count; i++)
        {
            foreach (string tail in chain[i - 1].Nodes)
            {
                foreach (string head in chain[i].Nodes)
                {
                    AddEdge(tail, head, own);
                }
            }
        }
    }

    // In a strict graph two nodes have one edge, and what is said later of it is added.
    private void AddEdge(string tail, string head, ForeignAttributes attributes)
    {
        if (_isStrict && _edges.TryGetValue((tail, head), out ForeignEdge? known))
        {
            foreach ((string name, string value) in attributes.All)
            {
                _graph.Set(known.Attributes, name, value, Scope.Place);
            }

            return;
        }

        ForeignEdge edge = _graph.AddEdge(tail, head, Scope.Place);
        edge.Attributes = _isStrict ? attributes.Copy() : attributes;
        if (_isStrict)
        {
            _edges[(tail, head)] = edge;
        }
    }

    private void ReadAttributes(Action<string, string, SourceLocation, bool> take)
    {
        while (_token.Is("["))
        {
            Advance();
            while (!_token.Is("]"))
            {
                DotToken name = TakeId();
                DotToken value = new(DotKind.Id, "true", name.Place);
                if (_token.Is("="))
                {
                    Advance();
                    value = TakeId();
                }

                take(name.Text, value.Text, name.Place, value.IsMarkup);
                SkipSeparator();
            }

            Advance();
        }
    }

    private void SkipSeparator()
    {
        if (_token.Is(";") || _token.Is(","))
        {
            Advance();
        }
    }
}
