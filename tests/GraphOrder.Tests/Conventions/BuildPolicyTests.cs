using System.Diagnostics;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Conventions;

/// <summary>
/// Proves that each rule of the build bites: a copy of the policy is put over small projects that break one
/// rule a file, and the compiler must name every one.
/// </summary>
[TestFixture]
public sealed class BuildPolicyTests
{
    private static readonly Dictionary<string, string> Offences = new()
    {
        ["IDE0005"] = "using System.Text;\nnamespace P;\n\ninternal static class C0;\n",
        ["IDE0008"] = Method("C1", "var number = int.Parse(\"1\"); return number;"),
        ["IDE0011"] = Method("C2", "if (System.Environment.HasShutdownStarted)\n            return 1;\n "
            + "       return 2;"),
        ["IDE0044"] = "namespace P;\n\ninternal sealed class C3\n{\n    private int _x = 1;\n\n    "
            + "public int X => _x;\n}\n",
        ["IDE0055"] = "namespace P;\n\ninternal static class C4\n{\n  public const int X = 1;\n}\n",
        ["IDE0161"] = "namespace P\n{\n    internal static class C5;\n}\n",
        ["IDE0251"] = "namespace P;\n\ninternal struct C6\n{\n    public int Y;\n\n    public int X() "
            + "=> Y;\n}\n",
        ["IDE1006"] = "namespace P;\n\ninternal sealed class C7\n{\n    private readonly int bad = "
            + "1;\n\n    public int X => bad;\n}\n",
        ["CA1852"] = "namespace P;\n\ninternal class C8\n{\n    public int X { get; set; }\n}\n",
        ["CA1859"] = "namespace P;\n\ninternal static class C9\n{\n    private static "
            + "System.Collections.Generic.IList<int> Make() =>"
            + " new System.Collections.Generic.List<int>();\n\n    public static int X() => "
            + "Make().Count;\n}\n",
        ["CA1822"] = "namespace P;\n\ninternal sealed class C10\n{\n    public int X() => 1;\n}\n",
        ["CA1051"] = "namespace P;\n\n/// <summary>A.</summary>\npublic sealed class C11\n{\n    /// "
            + "<summary>B.</summary>\n    public int X;\n}\n",
        ["CA2016"] = "namespace P;\n\ninternal static class C12\n{\n    public static "
            + "System.Threading.Tasks.Task X("
            + "System.Threading.CancellationToken token) =>\n        token.CanBeCanceled ? "
            + "System.Threading.Tasks.Task.Delay(1)"
            + " : System.Threading.Tasks.Task.CompletedTask;\n}\n",
        ["CS1591"] = "namespace P;\n\npublic static class C13;\n",
        ["CS8602"] = Method("C14", "string? text = System.Environment.GetEnvironmentVariable(\"A\"); "
            + "return text.Length;"),
        ["IDE0040"] = "namespace P;\n\ninternal sealed class C15\n{\n    int X { get; } = 1;\n}\n",
        ["IDE0065"] = "namespace P;\n\nusing System.Text;\n\ninternal static class C16\n{\n    "
            + "public static int X(StringBuilder text) => text.Length;\n}\n",
        ["IDE0090"] = Method("C17", "System.Text.StringBuilder text = new System.Text.StringBuilder(); "
            + "return text.Length;"),
        ["IDE0250"] = "namespace P;\n\ninternal struct C18\n{\n    private readonly int _x;\n\n"
            + "    public C18(int x) => _x = x;\n\n    public readonly int X => _x;\n}\n",
        ["CA1851"] = "namespace P;\n\ninternal static class C19\n{\n    public static int "
            + "X(System.Collections.Generic.IEnumerable<int> all) =>\n        "
            + "System.Linq.Enumerable.Count(all) + System.Linq.Enumerable.Sum(all);\n}\n",
    };

    // Said only where nothing else is wrong, so it has a project of its own.
    private const string MissingDocumentation = "CS1591.cs";

    // Built when a test first asks: naming the cases must build nothing, or every run of any test waits.
    private static readonly Lazy<string> Built = new(Build);

    private static string Output => Built.Value;

    [TestCaseSource(nameof(Rules))]
    public void A_file_that_breaks_the_rule_does_not_build(string rule) =>
        Assert.That(Output, Does.Contain($"{rule}.cs").And.Match($@"{rule}\.cs\(.*error {rule}"), Output);

    [Test]
    public void Arithmetic_is_checked() => Assert.That(
        () => Unchecking.Add(int.MaxValue, 1), Throws.InstanceOf<OverflowException>());

    [Test]
    public void A_project_sees_only_what_it_references() =>
        Assert.That(Output, Does.Match(@"Use\.cs\(.*error CS(0246|0103|0234)"), Output);

    [Test]
    public void Nothing_is_built_into_the_tree() => Assert.That(
        Directory.EnumerateDirectories(RepositoryFiles.In("src"), "*", SearchOption.AllDirectories)
            .Where(folder => Path.GetFileName(folder) is "bin" or "obj"),
        Is.Empty);

    private static string[] Rules() => [.. Offences.Keys];

    private static string Method(string type, string body) =>
        "namespace P;\n\ninternal static class "
        + $"{type}\n{{\n    public static int X()\n    {{\n        {body}\n    }}\n}}\n";

    // Three projects in a row: the last one uses the first without naming it.
    private static string Build()
    {
        string folder = Directory.CreateTempSubdirectory("graph-order-policy-").FullName;
        try
        {
            foreach (string file in (string[])["Directory.Build.props", ".editorconfig", "global.json"])
            {
                File.Copy(RepositoryFiles.In(file), Path.Combine(folder, file));
            }

            Dictionary<string, string> files = Offences.ToDictionary(entry => $"{entry.Key}.cs", entry => entry.Value);
            files.Remove(MissingDocumentation, out string? undocumented);
            Project(folder, "Offences", "", files);
            Project(folder, "Undocumented", "", new() { [MissingDocumentation] = undocumented! });
            Project(folder, "First", "", new() { ["First.cs"] = Documented("First", "") });
            Project(folder, "Second", Reference("First"), new() { ["Second.cs"] = Documented("Second", "") });
            Project(folder, "Third", Reference("Second"), new() { ["Use.cs"] = Documented("Third", ": P.First") });
            return Run(folder, "Offences") + Run(folder, "Undocumented") + Run(folder, "Third");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Documented(string type, string bases) =>
        $"namespace P;\n\n/// <summary>A.</summary>\npublic class {type} {bases}\n{{\n}}\n".Replace(" \n", "\n");

    private static string Reference(string project) => "<ProjectReference "
        + $"Include=\"../{project}/{project}.csproj\" />";

    private static void Project(
        string folder, string name, string references, Dictionary<string, string> files)
    {
        string own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(
            Path.Combine(own, $"{name}.csproj"),
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{references}</ItemGroup></Project>");
        foreach ((string file, string text) in files)
        {
            File.WriteAllText(Path.Combine(own, file), text);
        }
    }

    private static string Run(string folder, string project)
    {
        ProcessStartInfo start = new("dotnet", ["build", project, "--nologo", "-clp:NoSummary"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Not.Zero, $"{project} must not build");
        return output;
    }

    private static class Unchecking
    {
        public static int Add(int left, int right) => left + right;
    }
}
