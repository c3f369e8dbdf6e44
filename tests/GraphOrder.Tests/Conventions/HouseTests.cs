using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Conventions;

/// <summary>The rules of the house that no analyzer has.</summary>
[TestFixture]
public sealed class HouseTests
{
    private static readonly string[] Folders =
    [
        "Objects", "Diagnostics", "Dependencies", "Models", "Plans", "Verification", "Planning", "Repairs",
        "Schedules", "Live", "Recovery", "Explanations", "Generation", "Documents", "Requests",
    ];

    private static readonly string[] PageTableFolders =
        ["Addresses", "Formats", "Memory", "Scanning", "Walking", "Building"];

    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["GraphOrder.PageTables"] = [],
        ["GraphOrder"] = [],
        ["GraphOrder.Mappings"] = ["GraphOrder", "GraphOrder.PageTables"],
        ["GraphOrder.Reports"] = ["GraphOrder"],
        ["GraphOrder.Extensions"] = ["GraphOrder"],
        ["GraphOrder.Interop"] = ["GraphOrder"],
        ["GraphOrder.LiveUpdate"] = ["GraphOrder", "GraphOrder.Mappings", "GraphOrder.PageTables"],
        ["GraphOrder.Orleans"] = ["GraphOrder", "GraphOrder.Extensions"],
        ["GraphOrder.Fleet"] = ["GraphOrder", "GraphOrder.Orleans", "GraphOrder.Reports"],
        ["GraphOrder.Native"] =
            ["GraphOrder", "GraphOrder.Mappings", "GraphOrder.PageTables", "GraphOrder.Reports"],
        ["GraphOrder.Cli"] =
        [
            "GraphOrder", "GraphOrder.Extensions", "GraphOrder.Interop", "GraphOrder.LiveUpdate",
            "GraphOrder.Mappings", "GraphOrder.PageTables", "GraphOrder.Reports",
        ],
    };

    private static readonly string[] UnsafeHomes = ["GraphOrder.PageTables/Scanning", "GraphOrder.PageTables/Memory",
        "GraphOrder/Planning/OrderingKernel.cs", "GraphOrder/Planning/OrderingPrefetch.cs",
        "GraphOrder.LiveUpdate/Native", "GraphOrder.Native/Exports"];

    private static readonly List<SourceFile> Sources = SourceFile.Below("src");
    private static readonly List<SourceFile> All = SourceFile.Below("src", "tests", "bench");

    [Test]
    public void A_folder_uses_only_those_before_it() => Assert.That(
        FolderOrder.Violations(Folders, [.. Sources.Where(file => file.Path.StartsWith("src/GraphOrder/"))])
            .Concat(FolderOrder.Violations(PageTableFolders, [.. Sources.Where(IsOfPageTables)])),
        Is.Empty);

    [Test]
    public void The_rule_of_folders_can_be_broken()
    {
        SourceFile planner = new("src/GraphOrder/Planning/A.cs", "public class A { }");
        SourceFile verifier = new("src/GraphOrder/Verification/B.cs", "class B { A a; /* C */ string s "
            + "= \"C\"; }");
        SourceFile mentioned = new("src/GraphOrder/Documents/C.cs", "struct C { B b; }");

        Assert.That(
            FolderOrder.Violations(Folders, [planner, verifier, mentioned]),
            Is.EqualTo(new[] { "src/GraphOrder/Verification/B.cs uses A of Planning" }));
    }

    [Test]
    public void A_project_references_what_its_arrow_names()
    {
        foreach (string project in Directory.EnumerateFiles(
            RepositoryFiles.In("src"), "*.csproj", SearchOption.AllDirectories))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            string[] references = [.. Includes(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)!];
            Assert.That(Arrows, Does.ContainKey(name), "a new project has an arrow");
            Assert.That(references, Is.EquivalentTo(Arrows[name]), name);
        }
    }

    [TestCase("GraphOrder")]
    [TestCase("GraphOrder.PageTables")]
    public void An_engine_references_no_package(string engine) => Assert.That(
        Includes(RepositoryFiles.In("src", engine, $"{engine}.csproj"), "PackageReference"), Is.Empty);

    [Test]
    public void Page_tables_know_nothing_of_graphs() =>
        Report(Sources, IsOfPageTables, @"Dependenc|Dependent|Graph(?!Order\.PageTables)|Session");

    [Test]
    public void Unsafe_code_lives_where_the_design_says() => Report(Sources, file =>
        !UnsafeHomes.Any(home => file.Path.StartsWith("src/" + home)), @"\bunsafe\b|\bUnsafe\.|\bMemoryMarshal\.");

    [Test]
    public void The_verifier_and_the_order_itself_use_no_Linq() => Report(
        Sources,
        file => file.Path.Contains("/Verification/") || file.Path.Contains("/Planning/"),
        @"\.(Select|Where|OrderBy|ToList|ToArray|ToDictionary|GroupBy|Any|All|First|Single|Distinct)\(");

    // Spans have ToArray too, so here the compiler holds it.
    [Test]
    public void The_walk_does_not_see_Linq() => Assert.That(
        XDocument.Load(RepositoryFiles.In("src", "GraphOrder.PageTables", "GraphOrder.PageTables.csproj"))
            .Descendants("Using").Select(found => found.Attribute("Remove")?.Value),
        Is.EqualTo(new[] { "System.Linq" }));

    [Test]
    public void Nothing_hangs_on_the_clock_or_on_chance() =>
        Report(Sources, _ => true, @"DateTime\.(Utc)?Now|new Random\(|Random\.Shared|Thread\.Sleep");

    [Test]
    public void Only_the_tools_have_a_console() => Report(
        Sources,
        file => !file.Path.StartsWith("src/GraphOrder.Cli/") && !file.Path.StartsWith("src/GraphOrder.Fleet/"),
        @"\bConsole\.");

    [Test]
    public void Nothing_is_left_over() =>
        Report(All, file => !file.Path.EndsWith("HouseTests.cs"), @"TODO|FIXME|HACK|NotImplementedException");

    [Test]
    public void A_line_has_at_most_110_columns() => Assert.That(
        All.SelectMany(file => file.Lines.Select((line, i) => (file, line, i)))
            .Where(found => found.line.Length > 110 && !IsTestData(found.file, found.line))
            .Select(found => $"{found.file.Path}:{found.i + 1}"),
        Is.Empty);

    [Test]
    public void A_file_has_at_most_400_lines_and_ends_with_one_line_feed()
    {
        Assert.That(All.Where(file => file.Lines.Length > 401).Select(file => file.Path), Is.Empty);
        Assert.That(
            All.Where(file => !file.Text.EndsWith('\n') || file.Text.EndsWith("\n\n") || file.Text.Contains('\r')
                || file.Text.Contains('\t')).Select(file => file.Path),
            Is.Empty);
    }

    [Test]
    public void A_method_has_at_most_70_lines()
    {
        List<string> found = [];
        foreach (SourceFile file in Sources)
        {
            int start = -1;
            for (int i = 0; i < file.Lines.Length; i++)
            {
                start = file.Lines[i] == "    {" ? i : start;
                if (file.Lines[i] is "    }" or "    };" && start >= 0)
                {
                    found.AddRange(i - start - 1 > 70 ? [$"{file.Path}:{start + 1}"] : []);
                    start = -1;
                }
            }
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void A_public_type_is_sealed_or_static_and_a_public_struct_is_readonly()
    {
        foreach (Type type in typeof(Planner).Assembly.GetExportedTypes())
        {
            bool isDelegateOrInterface = type.IsInterface || typeof(Delegate).IsAssignableFrom(type);
            Assert.That(isDelegateOrInterface || type.IsSealed, Is.True, type.Name);
            bool isReadOnly = type.CustomAttributes.Any(found => found.AttributeType.Name == "IsReadOnlyAttribute");
            bool mayChange = !type.IsValueType || type.IsEnum || type.Name == "Enumerator";
            Assert.That(mayChange || isReadOnly, Is.True, type.Name);
            FieldInfo[] fields = type.GetFields(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static);
            Assert.That(fields.All(field => field.IsLiteral || type.IsEnum), Is.True, $"{type.Name} has "
                + "public fields");
        }
    }

    [Test]
    public void No_file_names_a_machine()
    {
        string[] names = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "nuget." + "org", "npm" + "js"];
        IEnumerable<string> files = Directory.EnumerateFiles(RepositoryFiles.Root, "*", SearchOption.AllDirectories)
            .Where(path => !IsElsewhere(Path.GetRelativePath(RepositoryFiles.Root, path)));
        Assert.That(
            files.Where(path => names.Any(File.ReadAllText(path).Contains)).Select(Path.GetFileName),
            Is.Empty);
    }

    private static bool IsElsewhere(string path) => path.Split('/', '\\')[0] is "artifacts" or ".git";

    private static bool IsOfPageTables(SourceFile file) => file.Path.StartsWith("src/GraphOrder.PageTables/");

    // Documents inside tests stand as they are.
    private static bool IsTestData(SourceFile file, string line) =>
        file.Path.StartsWith("tests/") && line.Contains('"') && line.Length <= 150;

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(project).Descendants(item).Select(found => found.Attribute("Include")!.Value);

    private static void Report(List<SourceFile> files, Func<SourceFile, bool> isHeld, string pattern)
    {
        List<string> found = [];
        foreach (SourceFile file in files.Where(isHeld))
        {
            string[] lines = file.Code.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                if (Regex.IsMatch(lines[i], pattern))
                {
                    found.Add($"{file.Path}:{i + 1}: {lines[i].Trim()}");
                }
            }
        }

        Assert.That(found, Is.Empty);
    }
}
