using System.CommandLine;
using System.Text;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>The arguments and options that several commands share, with their help.</summary>
internal static class SetArguments
{
    /// <summary>How an answer is written.</summary>
    public static readonly string[] Formats = ["text", "json"];

    public static Argument<string> Set() => new("SET")
    {
        Description = "A session set (graphorder/session-set/1), or '-' for standard input.",
        HelpName = "SET",
    };

    public static Option<string> Model() => new("--model")
    {
        Description = "The lifecycle model, or OLD:NEW where the next kernel has another one. "
            + $"Known: {string.Join(", ", LifecycleModel.BuiltIn)}.",
        HelpName = "OLD[:NEW]",
        DefaultValueFactory = _ => LifecycleModel.Linux73.Name,
    };

    public static Option<string> Format() => new("--format")
    {
        Description = "text for people, json for programs.",
        HelpName = "text|json",
        DefaultValueFactory = _ => Formats[0],
    };

    public static Option<string?> Output() => new("--output")
    {
        Description = "Write to this file instead of standard output; it is replaced as a whole or not "
            + "at all.",
        HelpName = "FILE",
    };

    public static Option<string[]> Waive() => new("--waive")
    {
        Description = "A soft dependency that does not bind this time: 'DEPENDENT=>ON' or "
            + "'DEPENDENT=>ON@PHASE'. "
            + "May be given several times.",
        HelpName = "DEPENDENCY",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads the set that the user names.</summary>
    public static SessionSet Read(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        return SessionSet.Read(stream, InputFile.NameOf(path), cancellation);
    }

    /// <summary>The kernels whose models the user names.</summary>
    public static KernelPair Kernels(string model)
    {
        if (KernelPair.TryFindByModel(model, out KernelPair? kernels))
        {
            return kernels!;
        }

        string[] known = [.. LifecycleModel.BuiltIn.Select(found => found.Name)];
        string unknown = Array.Find(model.Split(':', 2), part => Array.IndexOf(known, part) < 0) ?? model;
        throw UsageErrors.WrongValue("--model", unknown, known);
    }

    /// <summary>Whether the answer is to be JSON.</summary>
    public static bool IsJson(string format) => Array.IndexOf(Formats, format) switch
    {
        0 => false,
        1 => true,
        _ => throw UsageErrors.WrongValue("--format", format, Formats),
    };

    /// <summary>The waivers that the user gives.</summary>
    public static PlanOptions Options(string[] waived)
    {
        List<Waiver> waivers = [];
        foreach (string text in waived)
        {
            waivers.Add(Waiver.TryParse(text, out Waiver? waiver)
                ? waiver
                : throw ToolException.Usage(
                    $"--waive cannot be '{text}'. Write 'DEPENDENT=>ON' or 'DEPENDENT=>ON@PHASE', in "
                    + "quotes."));
        }

        return new PlanOptions { Waivers = [.. waivers] };
    }

    /// <summary>Writes what planning gave, in the format asked.</summary>
    public static void Answer(
        string? output,
        bool isJson,
        SessionSet set,
        KernelPair kernels,
        PlanAnswer answer,
        TextReportOptions report) =>
        OutputFile.Write(output, stream =>
        {
            if (isJson)
            {
                PlanWriter.Write(stream, answer.Result, answer.Repairs);
                return;
            }

            using StreamWriter writer = Text(stream);
            TextReport.WritePlan(
                writer,
                set,
                kernels,
                answer.Result,
                report with { Colour = output is null && CommandConsole.WantsColour },
                answer.Repairs);
        });

    /// <summary>A writer of UTF-8 without a mark and with line feeds.</summary>
    public static StreamWriter Text(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
}
