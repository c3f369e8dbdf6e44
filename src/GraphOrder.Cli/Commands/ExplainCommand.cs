using System.CommandLine;
using System.Text.Json;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>explain</c>: what a diagnostic means, the rule table, the models.</summary>
internal static class ExplainCommand
{
    private static readonly string[] Codes =
        [.. DiagnosticCatalogue.Entries.Select(static entry => entry.Code.Text())];

    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, NewLine = "\n" };

    /// <summary>The code of a name.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static DiagnosticCode CodeOf(string option, string text) =>
        DiagnosticCatalogue.TryParse(text, out DiagnosticCode code)
            ? code
            : throw ToolException.Usage(
                $"{option} cannot be '{Printable.Of(text)}'."
                + $"{UsageErrors.Meant(text.ToUpperInvariant(), Codes, "")} It takes a code like GO4201.");

    public static Command Create()
    {
        Argument<string> topic = new("TOPIC")
        {
            Description = "A code such as GO2003, or 'rules', or 'models'.",
            HelpName = "CODE|rules|models",
        };
        Option<string> format = SetArguments.Format();
        Command command = new(
            "explain", "Says what a diagnostic means and what to do; prints the rule table or the models.")
        {
            topic, format,
        };
        command.SetAction(parsed =>
        {
            bool isJson = SetArguments.IsJson(parsed.GetValue(format)!);
            string asked = parsed.GetValue(topic)!;
            OutputFile.Write(null, stream =>
            {
                if (isJson)
                {
                    using Utf8JsonWriter json = new(stream, JsonOptions);
                    ExplainJson.Write(json, asked, EntryOf(asked));
                    json.Flush();
                    stream.Write("\n"u8);
                }
                else
                {
                    using StreamWriter text = SetArguments.Text(stream);
                    ExplainText.Write(
                        new ReportLines(text, CommandConsole.Columns()), asked, EntryOf(asked));
                }
            });
            return ExitCodes.Done;
        });
        return command;
    }

    // Null for the two topics that are no code.
    private static DiagnosticEntry? EntryOf(string topic)
    {
        if (topic is "rules" or "models")
        {
            return null;
        }

        if (DiagnosticCatalogue.TryParse(topic, out DiagnosticCode code))
        {
            return DiagnosticCatalogue.Find(code);
        }

        string meant = UsageErrors.Meant(topic.ToUpperInvariant(), Codes, "");
        meant = UsageErrors.Meant(topic, ["rules", "models"], meant);
        throw ToolException.Usage(
            $"There is nothing to explain about '{Printable.Of(topic)}'.{meant} Give a code such as GO2003, "
            + "'rules' or 'models'.");
    }
}
