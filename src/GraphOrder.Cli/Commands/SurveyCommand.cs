using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>survey</c>: which hosts of a folder of session sets can be updated.</summary>
internal static class SurveyCommand
{
    private const int JobsMax = 1024;
    private const string Html = "html";

    private static readonly string[] Formats = [.. SetArguments.Formats, Html];

    public static Command Create(CommandConsole console)
    {
        Argument<string> folder = new("DIR")
        {
            Description = "A folder: each *.json in it and in the folders below it is the session set of a "
                + "host. Links to folders are not followed; other documents of this tool are left out.",
            HelpName = "DIR",
        };
        Option<string?> model = SetArguments.Model();
        Option<string> format = new("--format")
        {
            Description = "text for people, json for programs, html for a page with all hosts.",
            HelpName = string.Join('|', Formats),
            DefaultValueFactory = _ => Formats[0],
        };
        Option<string?> output = SetArguments.Output();
        Option<int?> jobs = new("--jobs")
        {
            Description = "How many hosts are planned at once, at most. Where it is not given: as many as "
                + "there are processors. The answer is the same.",
            HelpName = "N",
        };
        Command command = new(
            "survey",
            "Plans every session set of a folder tree and says which hosts cannot be updated, by cause. Exit "
            + "code 1 unless both kernels would accept every step of every host.")
        {
            folder, model, format, output, jobs,
        };
        command.SetAction(parsed =>
        {
            string form = parsed.GetValue(format)!;
            if (Array.IndexOf(Formats, form) < 0)
            {
                throw UsageErrors.WrongValue("--format", form, Formats);
            }

            SurveyOptions options = new()
            {
                Kernels = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation),
                JobCount = Jobs(parsed.GetValue(jobs)),
            };
            string path = parsed.GetValue(folder)!;
            string? file = parsed.GetValue(output);
            Survey survey = Answer(path, options, console.Cancellation);
            foreach (HostAnswer host in file is null ? [] : survey.Hosts)
            {
                OutputFile.DemandOther(file, Path.Combine(path, host.Host));
            }

            OutputFile.Write(file, stream => Write(stream, form, survey, new TextReportOptions
            {
                SetName = path,
                Repeated = SetArguments.Repeated(parsed.GetValue(model), []),
                Colour = file is null && CommandConsole.WantsColour,
                Width = CommandConsole.Columns(file),
            }));
            return survey.IsReady ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }

    private static int Jobs(int? asked) => asked switch
    {
        null => SurveyOptions.Default.JobCount,
        >= 1 and <= JobsMax => asked.Value,
        _ => throw ToolException.Usage($"--jobs must lie between 1 and {JobsMax}; it is {asked}."),
    };

    private static Survey Answer(string path, SurveyOptions options, CancellationToken cancellation)
    {
        string name = Printable.Of(path);
        SurveyFolder folder = SetArguments.Timed(
            $"looking through {name}", () => SurveyFolder.Find(path, cancellation));
        if (folder.Documents.Count == 0)
        {
            throw ToolException.File($"There is no *.json in '{name}'. Name a folder of session sets.");
        }

        int count = folder.Documents.Count;
        using IDisposable part = Work.Part("planning documents", () => folder.ReadCount > count
            ? $"{count} of {count}, looking for ways out"
            : $"{folder.ReadCount} of {count}");
        Survey survey = SurveyRequest.Answer(folder.Documents, options, cancellation);
        if (survey.Hosts.IsEmpty)
        {
            LeftOutDocument first = survey.LeftOut[0];
            throw ToolException.File(
                $"There is no session set in '{name}': {Plural.Of(count, "document")} of other kinds, such "
                + $"as '{Printable.Of(first.Name)}' ({Printable.Of(first.Schema)}). Name a folder of session "
                + "sets.");
        }

        return survey;
    }

    private static void Write(Stream stream, string form, Survey survey, TextReportOptions report)
    {
        if (form == SetArguments.Formats[1])
        {
            SurveyWriter.Write(stream, survey);
            return;
        }

        using StreamWriter writer = SetArguments.Text(stream);
        if (form == Html)
        {
            SurveyPage.Write(writer, survey, report);
        }
        else
        {
            TextReport.WriteSurvey(writer, survey, report);
        }
    }
}
