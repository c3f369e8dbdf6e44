using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Packages.Tests;

/// <summary>
/// Packs every library and the tool as a release would, looks into the packages, and lets a program and a
/// shell use them that know nothing of this repository.
/// </summary>
[TestFixture]
public sealed class PackageTests
{
    private const string NativeRuntime = "linux-x64";

    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly string[] Libraries =
    [
        "GraphOrder",
        "GraphOrder.Extensions",
        "GraphOrder.Interop",
        "GraphOrder.LiveUpdate",
        "GraphOrder.Mappings",
        "GraphOrder.PageTables",
        "GraphOrder.Reports",
    ];

    private string _folder = "";
    private string _version = "";

    private string Feed => Path.Combine(_folder, "feed");

    [OneTimeSetUp]
    public void Pack()
    {
        _folder = Directory.CreateTempSubdirectory("graphorder-packages-").FullName;
        foreach (string library in Libraries)
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
        string consumer = Path.Combine(_folder, "consumer");
        Directory.CreateDirectory(consumer);
        foreach (string file in Directory.GetFiles(RepositoryFiles.In("tests", "embedding", "package")))
        {
            File.Copy(file, Path.Combine(consumer, Path.GetFileName(file)));
        }

        DotNet.Run(
            consumer,
            "build",
            "-c",
            "Release",
            "-o",
            Path.Combine(consumer, "built"),
            $"-p:GraphOrderVersion={_version}",
            $"-p:RestorePackagesPath={Path.Combine(_folder, "restored")}");
        string sample = RepositoryFiles.In("tests", "samples", "two-vms.json");
        string built = Path.Combine(consumer, "built", "Consumer.dll");

        Assert.That(DotNet.Run(consumer, built, sample), Is.EqualTo(Plan(sample)));
        Assert.That(DotNet.Run(consumer, built, sample, "--text"), Does.StartWith("LEGAL"));
    }

    [Test]
    public void The_tool_installs_from_a_folder_as_a_native_binary()
    {
        string project = RepositoryFiles.In("src", "GraphOrder.Cli");
        // Packing a tool takes its start file away, which other tests run: it is built elsewhere.
        string[] elsewhere =
        [
            "-c", "Release", "-o", Feed, $"-p:ArtifactsPath={Path.Combine(_folder, "artifacts")}", "-p:RunAnalyzers=false",
        ];
        DotNet.Run(project, ["pack", .. elsewhere]);
        DotNet.Run(project, ["pack", "-r", NativeRuntime, .. elsewhere]);
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
    }

    private static string Configuration() =>
        Path.GetFileName(TestContext.CurrentContext.TestDirectory.TrimEnd('/')) == "debug" ? "Debug" : "Release";

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
