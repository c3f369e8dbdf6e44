using System.Collections.Immutable;
using System.CommandLine;

namespace GraphOrder.Cli;

/// <summary>What <c>plan</c> is told.</summary>
internal sealed class PlanArguments
{
    private readonly Argument<string> _set = SetArguments.Set();
    private readonly Option<string?> _model = SetArguments.Model();
    private readonly Option<string[]> _waive = SetArguments.Waive();
    private readonly Option<string> _format = PlanFormat.Option();
    private readonly Option<string?> _output = SetArguments.Output();
    private readonly Option<string?> _apply = ApplyRepair.Option();
    private readonly Option<string?> _blackout = BlackoutArgument.Option();

    private readonly Option<bool> _certificate = new("--certificate")
    {
        Description = "Add the expanded dependencies and what they speak of, so that a checker needs "
            + "the plan alone. Goes with --format json; --format binary always has them.",
    };

    private readonly Option<bool> _accept = new("--accept-derived")
    {
        Description = "Take what page tables map and nobody declares as if it were declared.",
    };

    private readonly Option<bool> _reduce = new("--reduce")
    {
        Description = "Leave out dependencies that paths of others imply in the same phases. Goes with "
            + "--format dot; --format mermaid always does.",
    };

    /// <summary>Makes the command take them.</summary>
    public void AddTo(Command command)
    {
        command.Add(_set);
        foreach (Option option in (Option[])
            [_model, _waive, _accept, _blackout, _apply, _certificate, _format, _reduce, _output])
        {
            command.Add(option);
        }
    }

    /// <summary>The set's path.</summary>
    public string Path(ParseResult parsed) => parsed.GetValue(_set)!;

    /// <summary>The models that the user names; null for none.</summary>
    public string? Model(ParseResult parsed) => parsed.GetValue(_model);

    /// <summary>Whether what is mapped need not be declared.</summary>
    public bool Accepts(ParseResult parsed) => parsed.GetValue(_accept);

    /// <summary>Whether implied dependencies are left out of a drawing.</summary>
    public bool Reduces(ParseResult parsed) => parsed.GetValue(_reduce);

    /// <summary>Where to write.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>The repair to apply; null for none.</summary>
    public int? Repair(ParseResult parsed) => ApplyRepair.Number(parsed.GetValue(_apply));

    /// <summary>What is asked of the schedule.</summary>
    public ScheduleOptions Schedule(ParseResult parsed) =>
        BlackoutArgument.Options(parsed.GetValue(_blackout));

    /// <summary>The format, where the other options fit it.</summary>
    /// <exception cref="ToolException">They do not.</exception>
    public string Form(ParseResult parsed)
    {
        string form = PlanFormat.Checked(parsed.GetValue(_format)!, parsed.GetValue(_output));
        if (parsed.GetValue(_reduce) && form is not (PlanFormat.Dot or PlanFormat.Mermaid))
        {
            throw ToolException.Usage("--reduce is for drawn graphs. Add --format dot.");
        }

        bool isAsked = parsed.GetResult(_format) is { Implicit: false };
        if (isAsked && form != PlanFormat.Json && parsed.GetValue(_apply) is not null)
        {
            throw ToolException.Usage(
                $"--apply-repair writes a set, which is no {form}. Leave --format out, or apply the repair "
                + "and plan what it wrote.");
        }

        return parsed.GetValue(_certificate) && form == PlanFormat.Text
            ? throw ToolException.Usage(
                "--certificate is for programs that check the plan. Add --format json.")
            : form;
    }

    /// <summary>What may be chosen.</summary>
    public PlanOptions Options(ParseResult parsed, string form) =>
        SetArguments.Options(parsed.GetValue(_waive)!) with
        {
            WithCertificate = parsed.GetValue(_certificate) || form == PlanFormat.Binary,
        };

    /// <summary>The words that a command repeats to ask the same of the same set.</summary>
    public ImmutableArray<string> Repeated(ParseResult parsed) =>
    [
        .. SetArguments.Repeated(parsed.GetValue(_model), parsed.GetValue(_waive)!),
        .. Accepts(parsed) ? ["--accept-derived"] : (string[])[],
        .. BlackoutArgument.Repeated(parsed.GetValue(_blackout)),
    ];
}
