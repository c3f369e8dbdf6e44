using System.Collections.Immutable;
using System.CommandLine;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>diff</c>: what changed between two plans, and why.</summary>
internal static class DiffCommand
{
    private const int SetCountMax = 2;
    private const string Html = "html";

    private static readonly string[] Formats = [.. SetArguments.Formats, Html];

    public static Command Create(CommandConsole console)
    {
        Argument<string> first = Side("FIRST");
        Argument<string> second = Side("SECOND");
        Option<string[]> sets = new("--set")
        {
            Description = "The set of a plan, so that causes can be told: once for both, or twice, the first "
                + "one's first. Not needed for a plan with a certificate, nor where a set is planned here.",
            HelpName = "SET",
            DefaultValueFactory = _ => [],
        };
        Option<string?> phase = new("--phase")
        {
            Description = $"Only this phase: {PhaseSet.All}. Orders of sessions are left out then.",
            HelpName = "PHASE",
        };
        Option<string?> model = new("--model")
        {
            Description = ModelArgument.Description + " For sets that are planned here, and for plans of a "
                + "model of your own. Where it is not given: as 'plan' does.",
            HelpName = ModelArgument.HelpName,
        };
        Option<bool> exitCode = new("--exit-code")
        {
            Description = "End with 1 where anything differs, with --phase where that phase's order does; "
                + "else that is 0 too.",
        };
        Option<string> format = Format();
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "diff",
            "Says what changed between two plans: which steps moved and by how much, which dependency "
            + "turned them round, and what changed beside the order.")
        {
            first, second, sets, phase, model, format, exitCode, output,
        };
        command.SetAction(parsed =>
        {
            string form = KnownFormat(parsed.GetValue(format)!);
            Phase? asked = parsed.GetValue(phase) is { } name ? RequestNames.PhaseOf("--phase", name) : null;
            KernelPair? kernels = SetArguments.Kernels(parsed.GetValue(model), console.Cancellation);
            string[] names = [parsed.GetValue(first)!, parsed.GetValue(second)!];
            string[] given = parsed.GetValue(sets)!;
            DemandOneStandardInput([.. names, .. given]);
            string? file = parsed.GetValue(output);
            Array.ForEach([.. names, .. given], input => OutputFile.DemandOther(file, input));
            (DiffSource one, DiffSource other) = Read(names, given, kernels, console.Cancellation);
            PlanDifference difference = Only(
                PlanDiffer.Compare(one.Side, other.Side, null, console.Cancellation), asked);
            DiffTextOptions report = new()
            {
                FirstName = one.Name,
                SecondName = other.Name,
                FirstSetName = one.SetName,
                SecondSetName = other.SetName,
                Colour = file is null && CommandConsole.WantsColour,
                Width = CommandConsole.Columns(file),
            };
            Write(form, file, other, difference, report);
            bool isSame = asked is null ? difference.IsIdentical : difference.IsSame;
            return parsed.GetValue(exitCode) && !isSame ? ExitCodes.Refused : ExitCodes.Done;
        });
        return command;
    }

    private static Option<string> Format() => new("--format")
    {
        Description = "text for people, json for programs, html for the second plan's page with the "
            + "difference in it.",
        HelpName = string.Join('|', Formats),
        DefaultValueFactory = _ => Formats[0],
    };

    private static string KnownFormat(string form) => Array.IndexOf(Formats, form) < 0
        ? throw UsageErrors.WrongValue("--format", form, Formats)
        : form;

    private static void Write(
        string form, string? file, DiffSource second, PlanDifference difference, DiffTextOptions report)
    {
        if (form != Html)
        {
            SetArguments.Answer(
                file,
                form == SetArguments.Formats[1],
                stream => DiffWriter.Write(stream, difference),
                writer => TextReport.WriteDiff(writer, difference, report));
            return;
        }

        if (second.Side is not { Graph: { } graph, Kernels: { } kernels })
        {
            throw ToolException.Usage(
                $"--format html shows the set of the second plan, and '{Printable.Of(second.Name)}' brings "
                + "none. Name it with --set, or plan with --certificate.");
        }

        PlanPicture picture = new()
        {
            Set = graph.Set,
            Kernels = kernels,
            Result = second.Side.Result,
            Report = new TextReportOptions { SetName = second.SetName ?? second.Name },
        };
        OutputFile.Write(file, stream =>
        {
            using StreamWriter writer = SetArguments.Text(stream);
            FlightRecorder.WriteDiff(writer, picture, difference, report);
        });
    }

    private static Argument<string> Side(string name) => new(name)
    {
        Description = "A plan or a refusal (graphorder/plan/1), or a session set, which is planned first; "
            + "'-' for standard input.",
        HelpName = name,
    };

    private static void DemandOneStandardInput(string[] names)
    {
        if (names.Count(static name => name == InputFile.StandardInput) > 1)
        {
            throw ToolException.Usage("Only one of FIRST, SECOND and --set can be standard input.");
        }
    }

    private static (DiffSource First, DiffSource Second) Read(
        string[] names, string[] sets, KernelPair? kernels, CancellationToken cancellation)
    {
        if (sets.Length > SetCountMax)
        {
            throw ToolException.Usage("--set is given at most twice: for the first plan and for the second.");
        }

        DiffSource[] sources =
            [.. names.Select(name => DiffSource.Read(name, kernels, cancellation))];
        SessionSet[] read = [.. sets.Select(name => SetArguments.Read(name, cancellation))];
        bool isUsed = false;
        for (int i = 0; i < sources.Length && read.Length > 0; i++)
        {
            int set = Math.Min(i, read.Length - 1);
            bool isOwn = read[set].Digest.Equals(sources[i].Side.Result.Input);
            if (read.Length == SetCountMax && !isOwn)
            {
                throw NotItsSet(sets[set], sources[i].Name);
            }

            isUsed |= isOwn;
            sources[i] = isOwn ? sources[i].With(read[set], sets[set], kernels) : sources[i];
        }

        return read.Length > 0 && !isUsed
            ? throw NotItsSet(sets[0], $"{sources[0].Name}' or '{sources[1].Name}")
            : (sources[0], sources[1]);
    }

    private static ToolException NotItsSet(string set, string plan) => ToolException.Usage(
        $"'{Printable.Of(set)}' is not the set of '{Printable.Of(plan)}': the digests differ. Name the set "
        + "that the plan was made for.");

    private static PlanDifference Only(PlanDifference difference, Phase? phase)
    {
        if (phase is not { } asked || difference.Phases.IsEmpty)
        {
            return difference;
        }

        ImmutableArray<PhaseDifference> phases = [difference.Phases[(int)asked]];
        return difference with { Phases = phases, Sessions = [] };
    }
}
