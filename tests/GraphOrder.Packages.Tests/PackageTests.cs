using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Packages.Tests;

/// <summary>
/// Packs every library and both tools as a release would, or takes those of the release's folder that
/// <c>GRAPHORDER_PACKAGES</c> names, looks into the packages, and lets a program and a shell use them that
/// know nothing of this repository.
/// </summary>
[TestFixture]
public sealed class PackageTests
{
    private const string NativeRuntime = "linux-x64";
    private const string ReadmeCommand = "$ dotnet run --project src/GraphOrder.Fleet -- ";

    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly string[] Libraries =
    [
        "GraphOrder",
        "GraphOrder.Extensions",
        "GraphOrder.Interop",
        "GraphOrder.LiveUpdate",
        "GraphOrder.Mappings",
        "GraphOrder.Orleans",
        "GraphOrder.PageTables",
        "GraphOrder.Reports",
    ];

    private string _folder = "";
    private string _version = "";

    private static string? Released { get; } = Environment.GetEnvironmentVariable("GRAPHORDER_PACKAGES");

    private string Feed => Released ?? Path.Combine(_folder, "feed");

    [OneTimeSetUp]
    public void Pack()
    {
        _folder = Directory.CreateTempSubdirectory("graphorder-packages-").FullName;
        foreach (string library in Released is null ? Libraries : [])
        {
            DotNet.Run(
                RepositoryFiles.In("src", library), "pack", "-c", Configuration(), "--no-build", "-o", Feed);
        }

        string first = Directory.GetFiles(Feed, "GraphOrder.*.nupkg").MinBy(static path => path.Length)!;
        _version = Path.GetFileNameWithoutExtension(first)["GraphOrder.".Length..];
        File.WriteAllText(
            Path.Combine(_folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="built" value="{Feed}" />
              </packageSources>
            </configuration>
            """);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Libraries))]
    public void A_package_says_what_it_is_and_brings_what_belongs_to_it(string library)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed, $"{library}.{_version}.nupkg"));
        string[] names = [.. package.Entries.Select(static entry => entry.FullName)];
        XDocument specification = Specification(package, library);

        Assert.That(names, Is.SupersetOf(new[]
        {
            "README.md", "icon.png", $"lib/net10.0/{library}.dll", $"lib/net10.0/{library}.xml",
        }));
        Assert.That(Value(specification, "license"), Is.EqualTo("MIT"));
        Assert.That(Value(specification, "readme"), Is.EqualTo("README.md"));
        Assert.That(Value(specification, "icon"), Is.EqualTo("icon.png"));
        Assert.That(Value(specification, "description"), Has.Length.GreaterThan(20).And.EndsWith("."));
        Assert.That(Text(package, "README.md"), Does.StartWith($"# {library}\n"));
    }

    [TestCase("GraphOrder", "")]
    [TestCase("GraphOrder.PageTables", "")]
    [TestCase("GraphOrder.Mappings", "GraphOrder GraphOrder.PageTables")]
    [TestCase("GraphOrder.LiveUpdate", "GraphOrder GraphOrder.Mappings GraphOrder.PageTables")]
    [TestCase("GraphOrder.Reports", "GraphOrder")]
    [TestCase("GraphOrder.Interop", "GraphOrder QuikGraph")]
    public void A_package_depends_on_no_more_than_its_project_names(string library, string expected)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed, $"{library}.{_version}.nupkg"));
        XDocument specification = Specification(package, library);

        IEnumerable<string> dependencies = specification.Descendants()
            .Where(static found => found.Name.LocalName == "dependency")
            .Select(static found => found.Attribute("id")!.Value)
            .Order(StringComparer.Ordinal);
        Assert.That(string.Join(' ', dependencies), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Libraries))]
    public void An_assembly_is_reproducible_and_its_symbols_hold_every_source(string library)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed, $"{library}.{_version}.nupkg"));
        using PEReader assembly = new(Bytes(package, $"lib/net10.0/{library}.dll"));
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(Feed, $"{library}.{_version}.snupkg"));
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(
            Bytes(symbols, $"lib/net10.0/{library}.pdb"));
        MetadataReader reader = provider.GetMetadataReader();

        Assert.That(
            assembly.ReadDebugDirectory().Select(static entry => entry.Type),
            Has.Member(DebugDirectoryEntryType.Reproducible));
        string[] without =
        [
            .. reader.Documents
                .Where(document => !reader.GetCustomDebugInformation(document).Any(
                    kept => reader.GetGuid(reader.GetCustomDebugInformation(kept).Kind) == EmbeddedSource))
                .Select(document => reader.GetString(reader.GetDocument(document).Name)),
        ];
        Assert.That(reader.Documents, Is.Not.Empty);
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void A_program_that_knows_the_packages_alone_makes_the_same_plan()
    {
        string consumer = Consumer("package");
        string built = Build(consumer);
        string sample = RepositoryFiles.In("tests", "samples", "two-vms.json");

        Assert.That(DotNet.Run(consumer, built, sample), Is.EqualTo(Plan(sample)));
        Assert.That(DotNet.Run(consumer, built, sample, "--text"), Does.StartWith("LEGAL"));
    }

    [Test]
    public void The_tool_installs_from_a_folder_as_a_native_binary()
    {
        PackTool("GraphOrder.Cli");
        PackTool("GraphOrder.Cli", "-r", NativeRuntime);
        string tools = Path.Combine(_folder, "tools");
        DotNet.Run(
            _folder, "tool", "install", "GraphOrder.Tool", "--tool-path", tools, "--version", _version,
            "--configfile", Path.Combine(_folder, "nuget.config"));
        string tool = Path.Combine(tools, "graph-order");
        string sample = RepositoryFiles.In("tests", "samples", "two-vms.json");

        Assert.That(DotNet.Run(tool, _folder, 0, ["plan", sample, "--format", "json"]), Is.EqualTo(Plan(sample)));
        Assert.That(DotNet.Run(tool, _folder, 0, ["--version"]), Does.Contain(_version));
        string[] managed = Directory.GetFiles(tools, "graph-order.dll", SearchOption.AllDirectories);
        Assert.That(managed, Is.Empty, "the tool is native, so there is no assembly of it");

        // The tool is a link to where its package lies; what is installed beside the link is beside it.
        string beside = Path.Combine(tools, "graph-order-fleet");
        File.WriteAllText(beside, "#!/bin/sh\necho beside $1\n");
        File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.That(DotNet.Run(tool, _folder, 0, ["fleet", "status"]), Is.EqualTo("beside status\n"));
    }

    [Test]
    public void A_silo_that_knows_the_package_alone_plans_a_host()
    {
        string consumer = Consumer("orleans");
        // What Orleans needs was restored for the package itself: it comes from there, and from no registry.
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(
            Path.Combine(consumer, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="built" value="{Feed}" />
                <add key="restored" value="{restored}" />
              </packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="built"><package pattern="GraphOrder*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
        string sample = RepositoryFiles.In("tests", "samples", "two-vms.json");

        string digest = DotNet.Run(consumer, Build(consumer), sample);

        Assert.That(digest, Does.StartWith("sha256:"));
        Assert.That(Plan(sample), Does.Contain($"\"{digest}\""));
    }

    [Test]
    public void The_tool_for_fleets_installs_from_a_folder_and_does_what_the_readme_shows()
    {
        PackTool("GraphOrder.Fleet");
        string tools = Path.Combine(_folder, "fleet-tools");
        DotNet.Run(
            _folder, "tool", "install", "GraphOrder.Fleet", "--tool-path", tools, "--version", _version,
            "--configfile", Path.Combine(_folder, "nuget.config"));
        string tool = Path.Combine(tools, "graph-order-fleet");
        string[] readme = File.ReadAllLines(RepositoryFiles.In("README.md"));
        int sample = Array.FindIndex(readme, static line => line.StartsWith(ReadmeCommand + "sample "));

        Assert.That(DotNet.Run(tool, _folder, 0, ["--help"]), Does.Contain("graph-order-fleet [command]"));
        Assert.That(DotNet.Run(tool, _folder, 0, ["--version"]), Does.Contain(_version));
        Assert.That(
            DotNet.Run(tool, _folder, 0, readme[sample][ReadmeCommand.Length..].Split(' ')),
            Is.EqualTo(readme[sample + 1] + "\n"));
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(Feed, $"GraphOrder.Fleet.{_version}.nupkg"));
        Assert.That(Text(package, "README.md"), Does.StartWith("# GraphOrder.Fleet\n").And.Contain("needs the .NET 10 runtime"));
        Assert.That(Value(Specification(package, "GraphOrder.Fleet"), "description"), Does.Contain("Needs the .NET 10 runtime"));
        Assert.That(Text(package, "THIRD-PARTY-NOTICES.txt"), Does.Contain("  Microsoft.Orleans.Server "));
    }

    private static string Configuration() =>
        Path.GetFileName(TestContext.CurrentContext.TestDirectory.TrimEnd('/')) == "debug" ? "Debug" : "Release";

    // Packing a tool takes its start file away, which other tests run: it is built elsewhere.
    private void PackTool(string project, params string[] options)
    {
        if (Released is null)
        {
            DotNet.Run(
                RepositoryFiles.In("src", project),
                [
                    "pack", "-c", "Release", "-o", Feed,
                    $"-p:ArtifactsPath={Path.Combine(_folder, "artifacts")}", "-p:RunAnalyzers=false", .. options,
                ]);
        }
    }

    // A program of tests/embedding, outside the repository.
    private string Consumer(string name)
    {
        string consumer = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        foreach (string file in Directory.GetFiles(RepositoryFiles.In("tests", "embedding", name)))
        {
            File.Copy(file, Path.Combine(consumer, Path.GetFileName(file)));
        }

        return consumer;
    }

    private string Build(string consumer)
    {
        string built = Path.Combine(consumer, "built");
        DotNet.Run(
            consumer,
            "build",
            "-c",
            "Release",
            "-o",
            built,
            $"-p:GraphOrderVersion={_version}",
            $"-p:RestorePackagesPath={Path.Combine(_folder, "restored")}");
        return Path.Combine(built, "Consumer.dll");
    }

    private static string Plan(string sample)
    {
        using FileStream stream = File.OpenRead(sample);
        SessionSet set = SessionSet.Read(stream, sample);
        using MemoryStream plan = new();
        PlanWriter.Write(plan, Planner.Plan(set, KernelPair.Of(set.Host)));
        return Encoding.UTF8.GetString(plan.ToArray());
    }

    private static string? Value(XDocument specification, string name) =>
        specification.Descendants().FirstOrDefault(found => found.Name.LocalName == name)?.Value;

    private static XDocument Specification(ZipArchive package, string library)
    {
        using Stream stream = package.GetEntry($"{library}.nuspec")!.Open();
        return XDocument.Load(stream);
    }

    private static string Text(ZipArchive package, string name) =>
        Encoding.UTF8.GetString(Bytes(package, name).AsSpan());

    private static ImmutableArray<byte> Bytes(ZipArchive package, string name)
    {
        using Stream stream = package.GetEntry(name)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return [.. copy.ToArray()];
    }
}
