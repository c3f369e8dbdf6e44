using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using GraphOrder.Mappings;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>The arguments and options that several commands share, with their help.</summary>
internal static class SetArguments
{
    private const int CollectedCount = 100_000;

    /// <summary>How an answer is written.</summary>
    public static readonly string[] Formats = [PlanFormat.Text, PlanFormat.Json];

    public static Argument<string> Set() => new("SET")
    {
        Description = "A session set (graphorder/session-set/1), or '-' for standard input.",
        HelpName = "SET",
    };

    public static Argument<string> End(string name, string description) => new(name)
    {
        Description = description,
        HelpName = name,
    };

    public static Option<string?> Model() => new("--model")
    {
        Description = ModelArgument.Description
            + " Where it is not given: of the kernels that the set's host names, else linux-7.3.",
        HelpName = ModelArgument.HelpName,
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

    /// <summary>Reads the set that the user names, and the page tables that it names.</summary>
    /// <param name="path">The set.</param>
    /// <param name="cancellation">Cancels it.</param>
    /// <param name="acceptsMapped">Whether what is mapped need not be declared.</param>
    public static SessionSet Read(
        string path, CancellationToken cancellation, bool acceptsMapped = false)
    {
        SessionSet read = ReadUnwalked(path, cancellation);
        using IDisposable part = Work.Part("walking page tables");
        return read.With(new PageTableSource(FolderOf(path)).Walk(read, cancellation), acceptsMapped);
    }

    /// <summary>Reads the set that the user names, and no page table.</summary>
    public static SessionSet ReadUnwalked(string path, CancellationToken cancellation)
    {
        using Stream stream = InputFile.Open(path);
        using IDisposable part = InputFile.Reading(path, stream);
        SessionSet read = SessionSet.Read(stream, InputFile.NameOf(path), cancellation);
        if (read.Objects.Length > CollectedCount)
        {
            // What reading needed is more than the set, and garbage by now.
            GC.Collect();
        }

        return read;
    }

    /// <summary>Makes sure that the set has what waivers name.</summary>
    /// <exception cref="RequestException">It has not.</exception>
    public static void DemandEnds(SessionSet set, PlanOptions options)
    {
        foreach (Waiver waiver in options.Waivers)
        {
            foreach (string end in (string[])[waiver.Dependent, waiver.On])
            {
                // An act may be waived too, and is no end of a question.
                if (!set.TryFindEnd(end, out _))
                {
                    _ = RequestNames.EndOf(set, set.SourceName ?? "the set", end);
                }
            }
        }
    }

    /// <summary>Runs a part of a command that may take long.</summary>
    /// <param name="what">What it does: <c>planning</c>.</param>
    /// <param name="run">Does it.</param>
    public static T Timed<T>(string what, Func<T> run)
    {
        using IDisposable part = Work.Part(what);
        return run();
    }

    /// <summary>Plans a set, with its ways out and its schedule.</summary>
    public static PlanAnswer Plan(
        SessionSet set,
        KernelPair kernels,
        PlanOptions options,
        ScheduleOptions schedule,
        CancellationToken cancellation)
    {
        DemandEnds(set, options);
        using IDisposable part = Work.Part($"planning {Plural.Of(set.Objects.Length, "object")}");
        return PlanRequest.Answer(set, kernels, options, null, schedule, cancellation);
    }

    /// <summary>The folder that the paths of a set are relative to.</summary>
    public static string FolderOf(string path) => path == InputFile.StandardInput
        ? "."
        : Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";

    /// <summary>The object or session that the user names.</summary>
    /// <param name="set">The set.</param>
    /// <param name="path">Its name.</param>
    /// <param name="text">What the user wrote.</param>
    /// <param name="actsOf">The phase of which an act may be named too; null for none.</param>
    public static DependencyEnd Find(SessionSet set, string path, string text, Phase? actsOf = null) =>
        RequestNames.EndOf(set, InputFile.NameOf(path), text, actsOf, "--phase ");

    /// <summary>
    /// The kernels whose models the user names; null where none are: the set's host decides.
    /// </summary>
    public static KernelPair? Kernels(string? model, CancellationToken cancellation) =>
        model is null ? null : ModelArgument.Kernels(model, cancellation);

    /// <summary>Whether the answer is to be JSON.</summary>
    public static bool IsJson(string format) => Array.IndexOf(Formats, format) switch
    {
        0 => false,
        1 => true,
        _ => throw UsageErrors.WrongValue("--format", format, Formats),
    };

    /// <summary>The words that a command repeats to ask the same of the same set.</summary>
    public static ImmutableArray<string> Repeated(string? model, string[] waived)
    {
        List<string> words = model is null ? [] : ["--model", model];
        foreach (string dependency in waived)
        {
            words.AddRange("--waive", dependency);
        }

        return [.. words];
    }

    /// <summary>The waivers that the user gives.</summary>
    public static PlanOptions Options(string[] waived) => RequestNames.Waivers("--waive", waived);

    /// <summary>Writes what planning gave, in the format asked.</summary>
    public static void Answer(
        string? output,
        bool isJson,
        SessionSet set,
        KernelPair kernels,
        PlanAnswer answer,
        TextReportOptions report)
    {
        OutputFile.DemandOther(output, report.SetName);
        OutputFile.Write(output, stream =>
        {
            if (isJson)
            {
                PlanWriter.Write(stream, answer.Result, answer.Repairs, answer.Schedule);
                return;
            }

            using StreamWriter writer = Text(stream);
            TextReport.WritePlan(
                writer,
                set,
                kernels,
                answer.Result,
                report with
                {
                    Colour = output is null && CommandConsole.WantsColour,
                    Width = CommandConsole.Columns(output),
                },
                answer.Repairs,
                answer.Schedule);
        });
    }

    /// <summary>Writes an answer to standard output, in the format asked.</summary>
    public static void Answer(bool isJson, Action<Stream> json, Action<StreamWriter> text) =>
        Answer(null, isJson, json, text);

    /// <summary>Writes an answer where the user wants it, in the format asked.</summary>
    public static void Answer(
        string? output, bool isJson, Action<Stream> json, Action<StreamWriter> text) =>
        OutputFile.Write(output, stream =>
        {
            if (isJson)
            {
                json(stream);
                return;
            }

            using StreamWriter writer = Text(stream);
            text(writer);
        });

    /// <summary>A writer of UTF-8 without a mark and with line feeds.</summary>
    public static StreamWriter Text(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
}
