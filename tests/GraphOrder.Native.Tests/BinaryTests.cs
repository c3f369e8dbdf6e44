using System.Text.RegularExpressions;

namespace GraphOrder.Native.Tests;

/// <summary>What the file shows to a linker, and what it asks of a system.</summary>
[TestFixture]
public sealed partial class BinaryTests
{
    private static string Header { get; } =
        File.ReadAllText(Path.Combine(Tool.Root, "src", "GraphOrder.Native", "include", "graphorder.h"));

    [TestCase("base")]
    [TestCase("x86-64-v3")]
    [TestCase("x86-64-v4")]
    public void It_shows_the_functions_of_the_header_and_nothing_else(string cpu)
    {
        Programs.Demand("nm");
        string[] declared =
            [.. Functions().Matches(Header).Select(found => found.Groups[1].Value).Distinct().Order()];

        ProgramResult symbols = Programs.Run("nm", ["-D", "--defined-only", Installed.File(cpu)]);

        string[] shown = [.. symbols.Lines.Where(line => !line.Contains(" A ")).Select(line => line.Split(' ')[2]).Order()];
        Assert.That(shown, Is.EqualTo(declared.Select(name => $"{name}@@GRAPHORDER_1")));
        Assert.That(declared, Has.Length.EqualTo(11));
    }

    [Test]
    public void It_has_a_soname_and_is_never_unloaded()
    {
        Programs.Demand("readelf");
        ProgramResult dynamic = Programs.Run("readelf", ["-d", Installed.File()]);

        Assert.That(dynamic.Output, Does.Contain("[libgraphorder.so.1]").And.Contain("NODELETE"));
        Assert.That(
            NeededLibraries().Matches(dynamic.Output).Select(found => found.Groups[1].Value),
            Is.SubsetOf(new[] { "libm.so.6", "libc.so.6", "ld-linux-x86-64.so.2" }));
    }

    [Test]
    public void It_runs_on_glibc_2_34_and_later()
    {
        Programs.Demand("objdump");
        ProgramResult imports = Programs.Run("objdump", ["-T", Installed.File()]);
        Version highest = Versions().Matches(imports.Output)
            .Select(found => Version.Parse(found.Groups[1].Value)).Max()!;

        Assert.That(highest, Is.EqualTo(new Version(2, 34)));
    }

    [TestCase("-xc", "-std=c99")]
    [TestCase("-xc", "-std=c17")]
    [TestCase("-xc++", "-std=c++98")]
    [TestCase("-xc++", "-std=c++20")]
    public void The_header_is_clean_in(string language, string standard)
    {
        Programs.Demand(language == "-xc" ? "gcc" : "g++");
        using Scratch scratch = new();
        string source = scratch.Write("use.c", "#include <graphorder.h>\nint main(void) { return (int)graphorder_live_handles(); }\n");

        ProgramResult built = Programs.Run(language == "-xc" ? "gcc" : "g++",
        [
            language, standard, "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
            "-I", Path.Combine(Installed.Prefix, "include"), source,
        ]);

        Assert.That(built.ExitCode, Is.Zero, built.All);
    }

    [Test]
    public void The_statuses_of_the_header_are_those_of_the_library()
    {
        Dictionary<string, int> told = Statuses().Matches(Header).ToDictionary(
            found => found.Groups[1].Value.Replace("_", ""), found => int.Parse(found.Groups[2].Value));

        Assert.That(told, Is.EquivalentTo(Enum.GetValues<CallStatus>().ToDictionary(
            status => status.ToString().ToUpperInvariant(), status => (int)status)));
        foreach (RequestStatus status in Enum.GetValues<RequestStatus>())
        {
            Assert.That(((CallStatus)status).ToString(), Is.EqualTo(status.ToString()));
        }
    }

    [Test]
    public void The_loader_takes_the_copy_for_this_processor()
    {
        Dictionary<string, string> environment = Installed.Environment();
        environment["LD_DEBUG"] = "libs";

        ProgramResult loaded = Programs.Run(Programs.Build("manners"), ["none"], environment);

        bool hasV3 = System.Runtime.Intrinsics.X86.Avx2.IsSupported;
        Assert.That(
            loaded.Errors,
            Does.Match($@"calling init: \S*{(hasV3 ? "glibc-hwcaps/x86-64-v[34]/" : "lib/")}libgraphorder\.so\.1"));
    }

    [GeneratedRegex(@"^(?:int|uint32_t|uint64_t) (graphorder_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Functions();

    [GeneratedRegex(@"\(NEEDED\)\s+Shared library: \[(.+)\]")]
    private static partial Regex NeededLibraries();

    [GeneratedRegex(@"GLIBC_(\d+\.\d+)")]
    private static partial Regex Versions();

    [GeneratedRegex(@"^    GRAPHORDER_(\w+) = (\d+)", RegexOptions.Multiline)]
    private static partial Regex Statuses();
}
