using System.Diagnostics;
using GraphOrder.Reports;

namespace GraphOrder.LiveUpdate.Tests;

/// <summary>What we write as a graph comes back as the same graph with the same plan.</summary>
[TestFixture]
public sealed class GraphRoundTripTests
{
    private static readonly string[] Hostile =
    [
        "<script>", "\"q\"", "ends\\", "\\\"", "]]>", "-->", "a\nb\r\tc", "\u202Etxt", "\u0001\u001b", "&amp;", "_x0041_",
        "_x005C_", "_x005F_x0041_", "_x000A_", "\\N", "é中😀", "\uFFFE\uFFFF", " ", "\u0085\u2028", "Session:a", "n1", "\0",
    ];

    private static string[] Names => [.. Directory.GetFiles(Repository.In("tests", "samples"), "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal)];

    [Test]
    public void A_sample_comes_back([ValueSource(nameof(Names))] string name, [Values] bool isDot)
    {
        using FileStream stream = File.OpenRead(Repository.In("tests", "samples", name + ".json"));
        Demand(SessionSet.Read(stream, name), isDot);
    }

    [Test]
    public void Hostile_names_come_back([Values] bool isDot) => Demand(HostileSet(), isDot);

    [Test]
    public void A_reduced_picture_comes_back_with_the_same_plan([ValueSource(nameof(Names))] string name)
    {
        using FileStream stream = File.OpenRead(Repository.In("tests", "samples", name + ".json"));
        SessionSet set = SessionSet.Read(stream, name);
        PlanResult result = Planner.Plan(set, KernelPair.Linux73);
        string dot = Written(set, result, isDot: true, isReduced: true);
        SessionSet back = Back(DotImport.Read(Imported.Source(dot)));
        PlanResult again = Planner.Plan(back, KernelPair.Linux73);

        Assert.That(again.IsLegal, Is.EqualTo(result.IsLegal));
        if (result.TryGetPlan(out Plan? plan))
        {
            Assert.That(StepsOf(again.GetPlanOrThrow()), Is.EqualTo(StepsOf(plan)));
        }
    }

    [Test]
    public void A_folded_picture_is_refused_in_a_sentence()
    {
        SessionSet set = SessionSetGenerator.Generate("microvm", new GeneratorOptions { Sessions = 2_000 });
        string dot = Written(set, Planner.Plan(set, KernelPair.Linux73), isDot: true);

        Diagnostic refused = DotImport.Read(Imported.Source(dot)).Diagnostics.Single();
        Assert.That(DiagnosticSentences.Message(refused), Does.Contain("draws many sessions as one")
            .And.Contain("--format graphml").And.Contain("graph-order import graphml"));
        Demand(set, isDot: false);
    }

    [Test]
    public void Networkx_finds_in_our_graph_what_is_in_it_and_what_it_writes_is_imported(
        [ValueSource(nameof(Names))] string name)
    {
        using FileStream stream = File.OpenRead(Repository.In("tests", "samples", name + ".json"));
        SessionSet set = SessionSet.Read(stream, name);
        string folder = Directory.CreateTempSubdirectory("graphml").FullName;
        try
        {
            string ours = Path.Combine(folder, "ours.graphml");
            string theirs = Path.Combine(folder, "theirs.graphml");
            PlanResult result = Planner.Plan(set, KernelPair.Linux73);
            File.WriteAllText(ours, Written(set, result, isDot: false));
            string[] told = Networkx(ours, theirs);
            DependencyGraph graph = DependencyGraph.Of(set);
            IEnumerable<string> nodes = Enumerable.Range(0, set.Objects.Length).Select(i =>
                $"node {MarkupName.Escape(set.NameOf(new ObjectId(i)))} {set.Objects[i].Kind.Name}");
            IEnumerable<string> edges = graph.Dependencies.ToArray().Select(found =>
                $"edge {MarkupName.Escape(set.NameOf(found.Dependent))} {MarkupName.Escape(set.NameOf(found.On))} "
                + $"{found.Phases.ToString().Replace(",", "", StringComparison.Ordinal)} "
                + $"{found.Strength == DependencyStrength.Soft} {found.Weight}");
            Assert.That(told.Where(line => !line.EndsWith(" session", StringComparison.Ordinal)),
                Is.EquivalentTo(nodes.Concat(edges)));
            using FileStream written = File.OpenRead(theirs);
            DemandSame(set, Back(GraphMlImport.Read(new("theirs", written))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SessionSet HostileSet()
    {
        DependencyGraphBuilder builder = new();
        ObjectId? last = null;
        foreach (string name in Hostile)
        {
            builder.AddSession(name.Contains('\0') ? "nul" : name, out SessionId session)
                .AddFile(session, name, ObjectKind.Custom("x-" + name), out ObjectId file)
                .AddObject(file, $"{name}/{name}", ObjectKind.Ioas, out ObjectId inside);
            if (last is { } needed)
            {
                DependencyOrigin origin = new(DependencySource.Declared, DeclaredBy: name, Why: name);
                builder.AddDependency(inside, needed, origin: origin);
            }

            last = file;
        }

        return builder.BuildSet();
    }

    private static string[] Networkx(string from, string to)
    {
        const string script = """
            import sys, networkx
            graph = networkx.read_graphml(sys.argv[1])
            for node, data in graph.nodes(data=True):
                print("node", node, data["kind"])
            for tail, head, data in graph.edges(data=True):
                print("edge", tail, head, data["phases"], data["soft"], data["weight"])
            networkx.write_graphml(graph, sys.argv[2])
            """;
        foreach (string python in new[] { "python3", "/usr/bin/python3" })
        {
            ProcessStartInfo start = new(python, ["-c", script, from, to])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (!errors.Result.Contains("No module named", StringComparison.Ordinal))
            {
                Assert.That(process.ExitCode, Is.Zero, errors.Result);
                return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }

        Assert.Ignore("python3-networkx is missing");
        return [];
    }

    private static string Written(SessionSet set, PlanResult result, bool isDot, bool isReduced = false)
    {
        PlanPicture picture = new()
        {
            Set = set,
            Kernels = KernelPair.Linux73,
            Result = result,
            Report = new TextReportOptions { SetName = "set.json" },
            IsReduced = isReduced,
        };
        StringWriter output = new();
        (isDot ? (Action<TextWriter, PlanPicture>)DotGraph.Write : GraphMlGraph.Write)(output, picture);
        return output.ToString();
    }

    private static SessionSet Back(ImportResult result)
    {
        Assert.That(result.TryGetSet(out SessionSet? set), Is.True,
            () => string.Join('\n', result.Diagnostics.Select(DiagnosticSentences.Message)));
        return set!;
    }

    private static void Demand(SessionSet set, bool isDot)
    {
        PlanResult result = Planner.Plan(set, KernelPair.Linux73);
        ImportSource source = Imported.Source(Written(set, result, isDot));
        SessionSet back = Back(isDot ? DotImport.Read(source) : GraphMlImport.Read(source));
        DemandSame(set, back);
        PlanResult again = Planner.Plan(back, KernelPair.Linux73);
        Assert.That(again.IsLegal, Is.EqualTo(result.IsLegal));
        if (result.TryGetPlan(out Plan? plan))
        {
            Assert.That(StepsOf(again.GetPlanOrThrow()), Is.EqualTo(StepsOf(plan)));
        }
    }

    private static void DemandSame(SessionSet set, SessionSet back)
    {
        // Networkx lists nodes and edges in its own order, which is ours.
        Assert.That(Sessions(back), Is.EqualTo(Sessions(set)));
        Assert.That(Objects(back), Is.EqualTo(Objects(set)));
        Assert.That(Dependencies(back), Is.EqualTo(Dependencies(set)));
    }

    private static IEnumerable<string> Sessions(SessionSet set) => set.Sessions.Select(session =>
        $"{session.Name.Text} {session.Created} {string.Join(',', session.Preserved)} {session.Blackout}");

    private static IEnumerable<string> Objects(SessionSet set) => set.Objects.Select((found, i) =>
        $"{set.NameOf(new ObjectId(i))} {found.Kind} {found.Session} {found.Carrier} {found.DeclaredToken} {found.Act}");

    private static IEnumerable<string> Dependencies(SessionSet set) =>
        DependencyGraph.Of(set).Dependencies.ToArray().Select(found =>
            $"{set.NameOf(found.Dependent)} => {set.NameOf(found.On)} {found.Phases} {found.Strength} {found.Weight} "
            + $"{found.Origin.DeclaredBy} {found.Origin.Why}");

    private static IEnumerable<string> StepsOf(Plan plan) => Phases.All.ToArray().SelectMany(phase =>
        plan[phase].Select(step => $"{phase} {step.Number} {step.Wave} {step.Session} {step.ObjectName} {step.ActName}"));
}
