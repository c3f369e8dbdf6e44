namespace GraphOrder.Native.Tests;

/// <summary>The samples of <c>tests/embedding</c> print what the tool prints.</summary>
[TestFixture]
public sealed class SameBytesTests
{
    private static readonly string Hosts = Path.Combine(Tool.Root, "tests", "embedding");

    [Test]
    public void In_C()
    {
        Programs.Demand("gcc");
        Programs.Demand("pkg-config");
        using Scratch scratch = new();
        ProgramResult flags = Programs.Run("pkg-config", ["--cflags", "--libs", "graphorder"], Installed.Environment());
        Assert.That(flags.ExitCode, Is.Zero, flags.All);
        ProgramResult built = Programs.Run("gcc",
        [
            "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", scratch.File("plan"), Path.Combine(Hosts, "c", "plan.c"),
            .. flags.Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
        ]);
        Assert.That(built.ExitCode, Is.Zero, built.All);

        Compare(scratch, scratch.File("plan"));
    }

    [Test]
    public void In_Rust()
    {
        Programs.Demand("cargo");
        using Scratch scratch = new();
        Dictionary<string, string> environment = Installed.Environment();
        environment["CARGO_TARGET_DIR"] = scratch.Folder;
        ProgramResult built = Programs.Run(
            "cargo", ["build", "--offline", "--locked", "--manifest-path", Path.Combine(Hosts, "rust", "Cargo.toml")],
            environment);
        Assert.That(built.ExitCode, Is.Zero, built.All);
        Assert.That(built.Errors, Does.Not.Contain("warning"));

        Compare(scratch, scratch.File("debug/plan"));
    }

    [Test]
    public void In_Go()
    {
        Programs.Demand("go");
        Programs.Demand("pkg-config");
        using Scratch scratch = new();
        Dictionary<string, string> environment = Installed.Environment();
        environment["GOCACHE"] = scratch.File("cache");
        environment["GOFLAGS"] = "-mod=mod";
        environment["GOPROXY"] = "off";
        ProgramResult built = Programs.Run(
            "go", ["build", "-C", Path.Combine(Hosts, "go"), "-o", scratch.File("plan"), "."], environment);
        if (built.Errors.Contains("flag provided but not defined"))
        {
            // Before Go 1.20 it is run in the folder itself.
            built = Programs.Run(
                "sh", ["-c", $"cd '{Path.Combine(Hosts, "go")}' && go build -o '{scratch.File("plan")}' ."], environment);
        }

        Assert.That(built.ExitCode, Is.Zero, built.All);

        Compare(scratch, scratch.File("plan"));
    }

    [Test]
    public void In_Python()
    {
        Programs.Demand("python3");
        using Scratch scratch = new();

        Compare(scratch, "python3", Path.Combine(Hosts, "python", "plan.py"));
    }

    // Legal and refused sets, one that is large, and what is no set.
    private static void Compare(Scratch scratch, string program, params string[] arguments)
    {
        string large = scratch.File("large.json");
        Tool.Run("generate", "vm-host", "--sessions", "64", "--output", large);
        List<string> sets = [large];
        sets.AddRange(Directory.EnumerateFiles(Path.Combine(Tool.Root, "tests", "samples"), "*.json").Order()
            .Where(path => !File.ReadAllText(path).Contains("\"pageTable\"")));
        Assert.That(sets, Has.Count.GreaterThan(10));
        foreach (string set in sets)
        {
            ToolResult expected = Tool.Run("plan", set, "--format", "json");
            ProgramResult planned = Programs.Run(program, [.. arguments, set], Installed.Environment());
            Assert.That(planned.ExitCode, Is.EqualTo(expected.ExitCode), $"{set}: {planned.All}");
            Assert.That(planned.Output, Is.EqualTo(expected.Output), set);
        }

        ProgramResult refused = Programs.Run(
            program, [.. arguments, Path.Combine(Tool.Root, "README.md")], Installed.Environment());
        Assert.That(refused.ExitCode, Is.EqualTo(4), refused.All);
        Assert.That(refused.Output, Is.Empty);
        Assert.That(refused.Errors, Does.Contain("GO1001"));
        Assert.That(Programs.Run(program, [.. arguments, "/no/such/set"], Installed.Environment()).ExitCode, Is.EqualTo(3));
    }
}
