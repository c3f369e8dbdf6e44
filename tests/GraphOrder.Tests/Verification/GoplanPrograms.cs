using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using GraphOrder.Tests.Documents;

namespace GraphOrder.Tests.Verification;

/// <summary>What <c>goplan_check.h</c> finds: 0 legal, 1 illegal, 4 malformed; and in words.</summary>
internal sealed record GoplanAnswer(int Class, string Text);

/// <summary>
/// Programs in C around <c>goplan_check.h</c>, built where the tests run. A test whose compiler is missing is
/// skipped by name.
/// </summary>
internal static class GoplanPrograms
{
    private const int MillisecondsMax = 300_000;

    private static readonly string[] Strict =
        ["-Wall", "-Wextra", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-pedantic", "-Werror"];

    private static readonly string[] Sanitized =
        ["-std=c99", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

    private static readonly Dictionary<string, string> Built = [];

    /// <summary>The folder of the header.</summary>
    public static string Include { get; } = RepositoryFiles.In("src", "GraphOrder.Native", "include");

    /// <summary>What the checker says of each certificate, under both sanitizers.</summary>
    public static List<GoplanAnswer> Check(IEnumerable<byte[]> certificates)
    {
        using TemporaryFolder folder = new();
        return CheckPack(folder.Write("pack", Pack(certificates)));
    }

    /// <summary>What it says of each certificate of a file that holds many.</summary>
    public static List<GoplanAnswer> CheckPack(string path)
    {
        (int exitCode, string output) = Run(Sanitizing("tests/certificate/check_goplan.c"), path);
        Assert.That(exitCode, Is.Zero, output);
        return Answers(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Reads lines that begin with a class.</summary>
    public static List<GoplanAnswer> Answers(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => line.Split(' ', 2))
            .Select(parts => new GoplanAnswer(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1])),
    ];

    /// <summary>A program, built with both sanitizers.</summary>
    public static string Sanitizing(string source) => Build("gcc", source, Sanitized);

    /// <summary>A program, built with every warning as an error.</summary>
    public static string Plain(string source) => Build("gcc", source, ["-std=c99", "-O2", .. Strict]);

    /// <summary>Compiles a text against the header with every warning as an error.</summary>
    /// <returns>The path of the object file.</returns>
    public static string Compile(string compiler, string standard, string name, string text)
    {
        string folder = Directory.CreateDirectory(RepositoryFiles.In("artifacts", "certificate")).FullName;
        string source = Path.Combine(folder, $"{compiler}.{standard}.{Environment.ProcessId}.{name}");
        File.WriteAllText(source, text);
        (int exitCode, string output) = Start(
            compiler,
            [$"-std={standard}", "-O2", "-ffreestanding", .. Strict, "-I", Include, "-c", source, "-o", $"{source}.o"]);
        Assert.That(exitCode, Is.Zero, output);
        return $"{source}.o";
    }

    /// <summary>Builds a program of the repository, once.</summary>
    public static string Build(string compiler, string source, string[] options)
    {
        lock (Built)
        {
            string key = string.Join(' ', [compiler, source, .. options]);
            if (!Built.TryGetValue(key, out string? program))
            {
                string folder = Directory.CreateDirectory(RepositoryFiles.In("artifacts", "certificate")).FullName;
                program = Path.Combine(
                    folder, $"{Path.GetFileNameWithoutExtension(source)}.{Environment.ProcessId}.{Built.Count}");
                (int exitCode, string output) = Start(
                    compiler, [.. options, "-I", Include, "-o", program, RepositoryFiles.In(source)]);
                Assert.That(exitCode, Is.Zero, output);
                Built[key] = program;
            }

            return program;
        }
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments) =>
        Start(program, arguments);

    /// <summary>Certificates as one file for the programs.</summary>
    public static byte[] Pack(IEnumerable<byte[]> certificates)
    {
        using MemoryStream pack = new();
        pack.Write("GOPLANS\n"u8);
        byte[] length = new byte[sizeof(int)];
        foreach (byte[] certificate in certificates)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, certificate.Length);
            pack.Write(length);
            pack.Write(certificate);
        }

        return pack.ToArray();
    }

    private static (int ExitCode, string Output) Start(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.That(process.WaitForExit(MillisecondsMax), Is.True, $"{program} ends");
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{program} is missing");
            throw;
        }
    }
}
