using System.Globalization;
using System.Xml;

namespace GraphOrder.Reports;

/// <summary>
/// The whole graph of a set as GraphML in the dialect that QuikGraph, networkx, yEd and Gephi read: keys with
/// <c>attr.name</c> and <c>attr.type</c>, ids of nodes are those of objects (see <see cref="MarkupName"/>),
/// and attributes say what an order hangs on, so that <c>import graphml</c> makes the same graph of it.
/// Nothing is folded. UTF-8 is what the text says it is in. Thread-safe.
/// </summary>
/// <remarks>O(V + E) time; what is written is not kept.</remarks>
public static class GraphMlGraph
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    private static readonly (string Of, string Name, string Type)[] Keys =
    [
        ("graph", "schema", "string"),
        ("graph", "sessions", "string"),
        ("graph", "model", "string"),
        ("graph", "verdict", "string"),
        ("node", "label", "string"),
        ("node", "kind", "string"),
        ("node", "session", "string"),
        ("node", "within", "string"),
        ("node", "token", "string"),
        ("node", "phase", "string"),
        ("node", "when", "string"),
        ("node", "preserveStep", "int"),
        ("node", "retrieveStep", "int"),
        ("node", "finishStep", "int"),
        ("edge", "phases", "string"),
        ("edge", "soft", "boolean"),
        ("edge", "weight", "long"),
        ("edge", "declaredBy", "string"),
        ("edge", "why", "string"),
        ("edge", "walk", "string"),
    ];

    /// <summary>Writes a graph.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="picture">What is shown.</param>
    public static void Write(TextWriter output, PlanPicture picture)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(picture);
        GraphFacts facts = new(picture, isReduced: false);
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (XmlWriter xml = XmlWriter.Create(output, new()
        {
            OmitXmlDeclaration = true,
            Indent = true,
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
            CloseOutput = false,
        }))
        {
            xml.WriteStartElement("graphml", Namespace);
            WriteKeys(xml);
            xml.WriteStartElement("graph");
            xml.WriteAttributeString("id", "G");
            xml.WriteAttributeString("edgedefault", "directed");
            WriteData(xml, "graph", "schema", "graphorder/graph/1");
            WriteData(xml, "graph", "sessions", SessionList.Of(facts.Graph.Set));
            WriteData(xml, "graph", "model", picture.Result.Model);
            WriteData(xml, "graph", "verdict", string.Join(' ', GraphTitle.Verdict(facts)));
            WriteNodes(xml, facts);
            WriteEdges(xml, facts);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        output.Write('\n');
    }

    private static void WriteKeys(XmlWriter xml)
    {
        foreach ((string of, string name, string type) in Keys)
        {
            xml.WriteStartElement("key");
            xml.WriteAttributeString("id", KeyOf(of, name));
            xml.WriteAttributeString("for", of);
            xml.WriteAttributeString("attr.name", name);
            xml.WriteAttributeString("attr.type", type);
            xml.WriteEndElement();
        }
    }

    private static string KeyOf(string of, string name) => $"{of}.{name}";

    private static void WriteNodes(XmlWriter xml, GraphFacts facts)
    {
        for (int i = 0; i < facts.Graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            WriteNode(xml, facts, id, facts.ShortNameOf(id));
        }

        bool[] isEnd = new bool[facts.Graph.SessionCount];
        foreach (ref readonly Dependency dependency in facts.Graph.Dependencies)
        {
            foreach (DependencyEnd end in (ReadOnlySpan<DependencyEnd>)[dependency.Dependent, dependency.On])
            {
                if (end.IsSession)
                {
                    isEnd[end.SessionId.Index] = true;
                }
            }
        }

        for (int i = 0; i < isEnd.Length; i++)
        {
            if (isEnd[i])
            {
                WriteNode(xml, facts, new SessionId(i), facts.Names.Of(new SessionId(i)));
            }
        }
    }

    private static void WriteNode(
        XmlWriter xml, GraphFacts facts, DependencyEnd end, string label)
    {
        xml.WriteStartElement("node");
        xml.WriteAttributeString("id", MarkupName.Escape(facts.Graph.Set.NameOf(end)));
        WriteData(xml, "node", "label", label);
        foreach ((string name, string value) in NodeAttributes.Of(facts.Graph, end))
        {
            WriteData(xml, "node", name, value);
        }

        if (!end.IsSession && facts.Run is { } run)
        {
            ObjectId id = end.ObjectId;
            Phase? only = facts.Graph[id].Act?.Phase;
            foreach (Phase phase in (ReadOnlySpan<Phase>)[Phase.Preserve, Phase.Retrieve, Phase.Finish])
            {
                int step = only is null || only == phase ? run.Of(phase, id) : 0;
                if (step > 0)
                {
                    string number = step.ToString(CultureInfo.InvariantCulture);
                    WriteData(xml, "node", $"{phase.Name()}Step", number);
                }
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteEdges(XmlWriter xml, GraphFacts facts)
    {
        for (int i = 0; i < facts.Graph.DependencyCount; i++)
        {
            ref readonly Dependency dependency = ref facts.Graph.Dependencies[i];
            xml.WriteStartElement("edge");
            xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"e{i}"));
            string dependent = facts.Graph.Set.NameOf(dependency.Dependent);
            xml.WriteAttributeString("source", MarkupName.Escape(dependent));
            xml.WriteAttributeString("target", MarkupName.Escape(facts.Graph.Set.NameOf(dependency.On)));
            bool isSoft = dependency.Strength == DependencyStrength.Soft;
            WriteData(xml, "edge", "phases", ArcAttributes.PhasesOf(dependency));
            WriteData(xml, "edge", "soft", isSoft ? "true" : "false");
            string weight = dependency.Weight.ToString(CultureInfo.InvariantCulture);
            WriteData(xml, "edge", "weight", weight);
            WriteOptional(xml, "declaredBy", dependency.Origin.DeclaredBy);
            WriteOptional(xml, "why", dependency.Origin.Why);
            WriteOptional(xml, "walk", facts.Cycle.StepsOf(i));
            xml.WriteEndElement();
        }
    }

    private static void WriteOptional(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            WriteData(xml, "edge", name, value);
        }
    }

    private static void WriteData(XmlWriter xml, string of, string name, string value)
    {
        xml.WriteStartElement("data");
        xml.WriteAttributeString("key", KeyOf(of, name));
        xml.WriteString(MarkupName.Escape(value));
        xml.WriteEndElement();
    }
}
