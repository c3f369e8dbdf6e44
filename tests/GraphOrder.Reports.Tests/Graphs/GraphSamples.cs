using System.Diagnostics;
using System.Globalization;

namespace GraphOrder.Reports.Tests;

/// <summary>Pictures of samples and of sets that mean harm, and the programs that look at them.</summary>
internal static class GraphSamples
{
    private const int MillisecondsMax = 120_000;

    public static string[] Names { get; } = [.. Directory.GetFiles(Sample.Folder, "*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal)];

    /// <summary>Parts of names that mean something in one of the formats, or harm a reader.</summary>
    public static string[] HostileNames { get; } =
    [
        "<script>alert(1)</script>", "\"quoted\"", "back\\slash", "ends with one\\", "\\", "\\\"", "]]>", "--", "-->",
        "a\nb\r\nc\td", "\u202Etxt.exe", "\u0001\u0007\u001b[31m", "&amp;", "#quot;", "%%{init: {}}%%", "`md`", "**b**",
        "1. one", "- one", "end", "graph", "n1", "$$x$$", "fa:fa-ban", "\\N\\G\\l", "_x0041_", "_x005C_", "_x000A_",
        "<b>", "a;b", "a|b", "{a}", "a->b", "é中😀", "\uFFFE\uFFFF", new string('w', 10_000), " ", "'", "\0",
    ];

    public static PlanPicture Picture(
        SessionSet set, string name = "set.json", bool isReduced = false, string models = "linux-7.3")
    {
        KernelPair kernels = models == "linux-7.3" ? KernelPair.Linux73 : Sample.Kernels(models);
        PlanAnswer answer = PlanRequest.Answer(set, kernels, null, null, ScheduleOptions.Default);
        return new()
        {
            Set = set,
            Kernels = kernels,
            Result = answer.Result,
            Repairs = answer.Repairs,
            Schedule = answer.Schedule,
            Report = Sample.Options(name),
            IsReduced = isReduced,
        };
    }

    public static string Written(Action<TextWriter, PlanPicture> write, PlanPicture picture)
    {
        StringWriter output = new(CultureInfo.InvariantCulture);
        write(output, picture);
        return output.ToString();
    }

    /// <summary>Every hostile name as session, object, kind and reason; with a cycle or without.</summary>
    public static SessionSet Hostile(bool isCyclic)
    {
        DependencyGraphBuilder builder = new();
        ObjectId? first = null;
        ObjectId? last = null;
        for (int i = 0; i < HostileNames.Length; i++)
        {
            string name = HostileNames[i];
            bool isName = name.Length < 50 && !name.Contains('\0');
            builder.AddSession(isName ? name : $"s{i}", out SessionId session)
                .AddFile(session, name, ObjectKind.Custom("x-" + name), out ObjectId file)
                .AddObject(file, $"{name}/{name}", ObjectKind.Ioas, out ObjectId inside);
            if (last is { } needed)
            {
                DependencyOrigin origin = new(DependencySource.Declared, DeclaredBy: name, Why: name);
                builder.AddDependency(inside, needed, origin: origin);
            }

            first ??= inside;
            last = file;
        }

        _ = isCyclic ? builder.AddDependency(first!.Value, last!.Value) : builder;
        return builder.BuildSet();
    }

    /// <summary>Runs a program; the test is skipped by name where it is missing.</summary>
    public static string Run(
        string program,
        string[] arguments,
        string? input = null,
        params (string Name, string Value)[] variables)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            Assert.That(process.WaitForExit(MillisecondsMax), Is.True, $"{program} ends");
            Assert.That(process.ExitCode, Is.Zero, errors.Result);
            Assert.That(errors.Result, Is.Empty, $"{program} has nothing to complain about");
            return output.Result;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore($"{program} is missing");
            throw;
        }
    }
}
