using GraphOrder.Reports;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>Graphs that other programs and people wrote.</summary>
[TestFixture]
public sealed class ForeignGraphTests
{
    private const string Head = "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">";

    private const string Yed = """
        <?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
          <!--Created by hand as yEd 3 does-->
          <key attr.name="Description" attr.type="string" for="graph" id="d0"/>
          <key for="port" id="d1" yfiles.type="portgraphics"/>
          <key attr.name="kind" attr.type="string" for="node" id="d4"><default xml:space="preserve">memfd</default></key>
          <key for="node" id="d6" yfiles.type="nodegraphics"/>
          <key for="graphml" id="d7" yfiles.type="resources"/>
          <key for="edge" id="d10" yfiles.type="edgegraphics"/>
          <graph edgedefault="directed" id="G">
            <data key="d0" xml:space="preserve"/>
            <node id="n0" yfiles.foldertype="group">
              <data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0"><y:GroupNode>
                <y:NodeLabel alignment="right">vm-01</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
              <graph edgedefault="directed" id="n0:">
                <node id="n0::n0"><data key="d6"><y:ShapeNode><y:NodeLabel>ram</y:NodeLabel></y:ShapeNode></data></node>
                <node id="n0::n1"><data key="d4">iommufd</data>
                  <data key="d6"><y:ShapeNode><y:Fill color="#FFCC00"/><y:NodeLabel>io &amp; mmu</y:NodeLabel></y:ShapeNode></data>
                  <port name="p"/></node>
              </graph>
            </node>
            <node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>loose</y:NodeLabel></y:ShapeNode></data></node>
            <edge id="e0" source="n0::n1" target="n0::n0" sourceport="p"><data key="d10"><y:PolyLineEdge/></data></edge>
            <edge id="e1" source="n1" target="n0"/>
          </graph>
          <data key="d7"><y:Resources/></data>
        </graphml>
        """;

    private const string Gephi = """
        <?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key attr.name="label" attr.type="string" for="node" id="label"/>
        <key attr.name="weight" attr.type="double" for="edge" id="weight"/>
        <key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
        <key attr.name="kind" attr.type="string" for="node" id="kind"/>
        <key attr.name="session" attr.type="string" for="node" id="session"/>
        <key attr.name="r" attr.type="int" for="node" id="r"/>
        <graph edgedefault="directed">
        <node id="a/ram"><data key="label">ram</data><data key="kind">memfd</data><data key="session">a</data><data key="r">153</data></node>
        <node id="a/disk"><data key="label">disk</data><data key="kind">disk</data><data key="session">a</data></node>
        <edge id="0" source="a/disk" target="a/ram"><data key="weight">1.0</data></edge>
        </graph></graphml>
        """;

    private const string QuikGraphs = """
        <?xml version="1.0" encoding="utf-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key id="Kind" for="node" attr.name="Kind" attr.type="string" />
          <key id="weight" for="edge" attr.name="weight" attr.type="int" />
          <graph id="G" edgedefault="directed" parse.nodes="2" parse.edges="1" parse.order="nodesfirst" parse.nodeids="free" parse.edgeids="free">
            <node id="0"><data key="Kind">memfd</data></node>
            <node id="1"><data key="Kind">vfio-device</data></node>
            <edge id="0" source="1" target="0"><data key="weight">7</data></edge>
          </graph>
        </graphml>
        """;

    private const string ByHand = """
        # a comment of the preprocessor
        strict digraph "a host" {
          // layout
          rankdir=LR; node [shape=box, color="#ff0000"]; edge [color=grey]
          subgraph cluster_vm1 {
            label = "vm 1"; node [kind=memfd]
            ram; state [label="State"]
            io [kind="iommufd"];
          }
          subgraph "cluster_vm2" { graph [label="vm" + " 2"]; dev [kind="vfio-device"]; { rank=same; ram2 [kind=memfd] } }
          /* edges */
          dev -> io -> ram [label="maps", strength=soft; weight=5, waiverWeight=4];
          dev -> { state ram2 } [phases="finish preserve"]
          <<b>html</b>> -> -1.5:n:sw; dev -> io [why="again"]
          café -> ram
        };
        """;

    [Test]
    public void Groups_of_yEd_are_sessions_and_labels_are_ids() => Assert.That(
        Told(GraphMlImport.Read(Imported.Source(Yed))),
        Is.EqualTo(new[]
        {
            "session vm-01", "session imported",
            "ram memfd vm-01", "io & mmu iommufd vm-01", "loose memfd imported",
            "io & mmu => ram preserve, freeze, unpreserve, retrieve, finish Hard 1 ",
            "loose => session:vm-01 preserve, freeze, unpreserve, retrieve, finish Hard 1 ",
        }));

    [Test]
    public void A_graph_of_Gephi_keeps_its_ids_and_an_unknown_kind_is_the_users_own() => Assert.That(
        Told(GraphMlImport.Read(Imported.Source(Gephi))),
        Is.EqualTo(new[]
        {
            "session a", "a/ram memfd a", "a/disk x-disk a",
            "a/disk => a/ram preserve, freeze, unpreserve, retrieve, finish Hard 1 ",
        }));

    [Test]
    public void A_graph_of_QuikGraph_has_names_of_properties() => Assert.That(
        Told(GraphMlImport.Read(Imported.Source(QuikGraphs))),
        Is.EqualTo(new[]
        {
            "session imported", "0 memfd imported", "1 vfio-device imported",
            "1 => 0 preserve, freeze, unpreserve, retrieve, finish Hard 1 ",
        }));

    [Test]
    public void A_graph_by_hand_has_clusters_chains_subgraphs_comments_and_defaults() => Assert.That(
        Told(DotImport.Read(Imported.Source("\uFEFF" + ByHand.Replace("};", "}", StringComparison.Ordinal)))),
        Is.EqualTo(new[]
        {
            "session vm 1", "session vm 2", "session imported",
            "ram memfd vm 1", "state memfd vm 1", "io iommufd vm 1", "dev vfio-device vm 2", "ram2 memfd vm 2",
            "<b>html</b> x-node imported", "-1.5 x-node imported", "café x-node imported",
            "io => ram preserve, freeze, unpreserve, retrieve, finish Soft 4 maps",
            "dev => state preserve, finish Hard 1 ",
            "dev => io preserve, freeze, unpreserve, retrieve, finish Soft 4 again",
            "dev => ram2 preserve, finish Hard 1 ",
            "<b>html</b> => -1.5 preserve, freeze, unpreserve, retrieve, finish Hard 1 ",
            "café => ram preserve, freeze, unpreserve, retrieve, finish Hard 1 ",
        }));

    [TestCase("graph { a -- b }", "1:1: GO7020: Here is a graph that is not directed, and digraph")]
    [TestCase("digraph { a -- b }", "1:13: GO7020: Here is an edge that is not directed, and '->' is due")]
    [TestCase("digraph { a -> a }", "1:11: GO7020: Here is an edge from 'a' to itself")]
    [TestCase("digraph { a -> ; }", "1:16: GO7020: Here is ';', and a node or a subgraph is due")]
    [TestCase("digraph { a -> node [x=y] }", "1:16: GO7020: Here is 'node', and a node or a subgraph is due")]
    [TestCase("digraph {\n  a [token=x] }", "2:3: GO7020: Here is token 'x', and a number")]
    [TestCase("digraph { a -> b [phases=\"lunch\"] }", "1:11: GO7020: Here is phase 'lunch'")]
    [TestCase("digraph { a", "1:12: GO7020: The file ends too early, so it was cut off: a node, an edge or a closing brace is due")]
    [TestCase("digraph { \"a", "1:11: GO7020: The file ends too early, so it was cut off: the end of the string that begins here is due")]
    [TestCase("digraph { a <b", "1:13: GO7020: The file ends too early, so it was cut off: the end of the angle bracket that opens here is due")]
    [TestCase("digraph { /* a", "1:11: GO7020: The file ends too early, so it was cut off: the end of the comment that begins here is due")]
    [TestCase("digraph { } x", "1:13: GO7020: Here is 'x', and the end of the file is due")]
    [TestCase("digraph { a [kind=x y] -> b }", "1:24: GO7020")]
    [TestCase("", "1:1: GO7020: Here is the end of the file, and digraph is due")]
    public void What_is_no_graph_in_dot_is_one_sentence_with_a_place(string text, string expected) =>
        Assert.That(Imported.Error(DotImport.Read(Imported.Source(text))), Does.StartWith(expected));

    [TestCase("<graph edgedefault='undirected'/></graphml>", "1:57: GO7020: Here is a graph that is not directed")]
    [TestCase("<graph edgedefault='directed'><node id='a'/><node id='a'/></graph></graphml>", "1:101: GO7020: Here is node 'a'")]
    [TestCase("<graph edgedefault='directed'><edge source='a' target='b'/></graph></graphml>", "1:87: GO7020: Here is an edge at 'a'")]
    [TestCase("<graph edgedefault='directed'><hyperedge/></graph></graphml>", "1:87: GO7020: Here is an edge of several ends")]
    [TestCase("<graph edgedefault='directed'><node/></graph></graphml>", "1:87: GO7020: Here is an element 'node' without id")]
    [TestCase("<graph edgedefault='directed'><data key='k'/></graph></graphml>", "1:87: GO7020: Here is data of 'k'")]
    [TestCase("</graphml>", "1:1: GO7020: Here is no graph")]
    [TestCase("<graph edgedefault='directed'>", "1:86: GO7020: The file ends too early, so it was cut off: the rest of the GraphML is due")]
    [TestCase("<graph edgedefault='directed'><node id='a", "1:97: GO7020: The file ends too early, so it was cut off")]
    [TestCase("<graph edgedefault='directed'></grph></graphml>", "1:88: GO7020: Here is text that is no XML")]
    public void What_is_no_graph_in_graphml_is_one_sentence_with_a_place(string rest, string expected) =>
        Assert.That(
            Imported.Error(GraphMlImport.Read(Imported.Source(Head + rest))), Does.StartWith(expected));

    [TestCase("{ \"schema\": 1 }", "This looks like JSON: a session set needs no import, graph-order plan reads it.")]
    [TestCase("// ours\ndigraph \"a\" {}", "This looks like DOT: use graph-order import dot.")]
    public void What_is_another_format_is_told_so_with_its_command_where_graphml_is_due(
        string text, string expected) =>
        Assert.That(WayOut(GraphMlImport.Read(Imported.Source(text))), Is.EqualTo(expected));

    [TestCase("{ \"schema\": 1 }", "This looks like JSON: a session set needs no import, graph-order plan reads it.")]
    [TestCase("<?xml version='1.0'?>" + Head, "This looks like GraphML: use graph-order import graphml.")]
    [TestCase("<svg/>", "Check the file, and what wrote it.")]
    public void What_is_another_format_is_told_so_with_its_command_where_dot_is_due(
        string text, string expected) =>
        Assert.That(WayOut(DotImport.Read(Imported.Source(text))), Is.EqualTo(expected));

    private static string WayOut(ImportResult result) =>
        DiagnosticSentences.WayOut(result.Diagnostics.Single());

    // Found by fuzzing: XmlReader itself threw what no caller expects.
    [Test]
    public void A_declaration_that_does_not_end_is_no_XML()
    {
        byte[] found = File.ReadAllBytes(Repository.In(
            "tests", "fuzz", "findings", "graphml", "a-declaration-that-does-not-end-behind-spaces"));

        Assert.That(
            Imported.Error(GraphMlImport.Read(new("graph", new MemoryStream(found)))), Does.Contain("text that is no XML"));
    }

    [Test]
    public void No_document_type_is_read_and_nothing_is_expanded()
    {
        const string bomb = "<!DOCTYPE g [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + Head + "&b;</graphml>";
        Assert.That(Imported.Error(GraphMlImport.Read(Imported.Source(bomb))), Does.Contain("document type"));
    }

    [Test]
    public void Depth_and_attributes_are_bounded()
    {
        string deepDot = "digraph {" + string.Concat(Enumerable.Repeat("{", 100_000));
        string manyDot = "digraph { a [" + string.Concat(Enumerable.Range(0, 100).Select(i => $"x{i}=1 ")) + "] }";
        string deepXml = Head + string.Concat(Enumerable.Repeat("<desc>", 100_000));
        string square = "digraph { {" + string.Join(' ', Enumerable.Range(0, 2_100).Select(i => $"a{i}")) + "} -> {"
            + string.Join(' ', Enumerable.Range(0, 2_100).Select(i => $"b{i}")) + "} }";

        Assert.That(Imported.Error(DotImport.Read(Imported.Source(deepDot))), Does.Contain("too deep"));
        Assert.That(Imported.Error(DotImport.Read(Imported.Source(manyDot))), Does.Contain("an attribute too many"));
        Assert.That(Imported.Error(GraphMlImport.Read(Imported.Source(deepXml))), Does.Contain("too deep"));
        Assert.That(Imported.Error(DotImport.Read(Imported.Source(square))), Does.Contain("an edge too many"));
    }

    [Test]
    public void Mutated_graphs_are_a_set_or_an_error()
    {
        const int variants = 2_000;
        using FileStream stream = File.OpenRead(Repository.In("tests", "samples", "every-member.json"));
        SessionSet set = SessionSet.Read(stream, "set");
        PlanPicture picture = new()
        {
            Set = set,
            Kernels = KernelPair.Linux73,
            Result = Planner.Plan(set, KernelPair.Linux73),
            Report = new TextReportOptions { SetName = "set.json" },
        };
        StringWriter dot = new();
        StringWriter xml = new();
        DotGraph.Write(dot, picture);
        GraphMlGraph.Write(xml, picture);

        Imported.Mutate(dot.ToString(), variants, source => DotImport.Read(source));
        Imported.Mutate(ByHand, variants, source => DotImport.Read(source));
        Imported.Mutate(xml.ToString(), variants, source => GraphMlImport.Read(source));
        Imported.Mutate(Yed, variants, source => GraphMlImport.Read(source));
    }

    private static List<string> Told(ImportResult result)
    {
        Assert.That(result.TryGetSet(out SessionSet? set), Is.True,
            () => string.Join('\n', result.Diagnostics.Select(DiagnosticSentences.Message)));
        Assert.That(Planner.Plan(set!, KernelPair.Linux73).IsLegal, Is.True);
        List<string> told = [.. set!.Sessions.Select(session => $"session {session.Name.Text}")];
        told.AddRange(set.Objects.Select((found, i) =>
            $"{set.NameOf(new ObjectId(i))} {found.Kind} {(found.Session is { } own ? set.NameOf(own) : "")}"));
        foreach (Dependency found in DependencyGraph.Of(set).Dependencies)
        {
            told.Add($"{set.NameOf(found.Dependent)} => {set.NameOf(found.On)} {found.Phases} {found.Strength} "
                + $"{found.Weight} {found.Origin.Why}");
        }

        return told;
    }
}
