using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>How <c>plan</c> writes its answer.</summary>
internal static class PlanFormat
{
    public const string Text = "text";
    public const string Json = "json";
    public const string Binary = "binary";
    public const string Dot = "dot";
    public const string Mermaid = "mermaid";

    // What writes each picture, by the name of its format.
    private static readonly SortedList<string, Action<TextWriter, PlanPicture>> Pictures =
        new(StringComparer.Ordinal)
        {
            { Dot, DotGraph.Write },
            { "graphml", GraphMlGraph.Write },
            { "html", FlightRecorder.Write },
            { Mermaid, MermaidGraph.Write },
            { "svg", SvgTimeline.Write },
        };

    private static readonly string[] All = [Text, Json, Binary, .. Pictures.Keys];

    public static Option<string> Option() => new("--format")
    {
        Description = "text for people, json for programs, binary for programs without a heap: a plan with "
            + "its certificate, as goplan_check.h reads it. Pictures: svg, a timeline; html, a page to "
            + "look around in; dot, mermaid and graphml, the graph.",
        HelpName = string.Join('|', All),
        DefaultValueFactory = _ => Text,
    };

    /// <summary>The format, if it is one and fits where the answer goes.</summary>
    /// <param name="format">What the user wrote.</param>
    /// <param name="output">The user's file; null or <c>-</c> for standard output.</param>
    /// <exception cref="ToolException">It is none, or a terminal cannot show it.</exception>
    public static string Checked(string format, string? output)
    {
        if (Array.IndexOf(All, format) < 0)
        {
            throw UsageErrors.WrongValue("--format", format, All);
        }

        return format == Binary && (output is null or "-") && !System.Console.IsOutputRedirected
            ? throw ToolException.Usage(
                "--format binary is for programs, and standard output is a terminal. Add --output FILE.")
            : format;
    }

    /// <summary>Whether a format is a picture.</summary>
    public static bool IsPicture(string format) => Pictures.ContainsKey(format);

    /// <summary>Writes a picture, of a plan or of a refusal.</summary>
    public static void WritePicture(string format, PlanPicture picture, string? output)
    {
        OutputFile.DemandOther(output, picture.Report.SetName);
        OutputFile.Write(output, stream =>
        {
            using StreamWriter writer = SetArguments.Text(stream);
            Pictures[format](writer, picture);
        });
    }

    /// <summary>
    /// Writes a plan in binary. A refusal has no such form: it is one sentence on standard error, and no file
    /// is written.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static int WriteBinary(string set, PlanResult result, string? output)
    {
        OutputFile.DemandOther(output, set);
        if (!result.TryGetPlan(out Plan? plan))
        {
            CommandConsole.Complain(
                "There is no legal plan, so nothing is written. Ask without --format binary for the reason.");
            return ExitCodes.Refused;
        }

        OutputFile.Write(output, stream => BinaryCertificateWriter.Write(stream, plan));
        return ExitCodes.Done;
    }
}
