namespace GraphOrder.Reports;

/// <summary>
/// What the reports on a survey have in common: the words for a verdict, and of each cause.
/// </summary>
internal sealed class SurveyWords
{
    private readonly Survey _survey;
    private readonly TextReportOptions _options;

    public SurveyWords(Survey survey, TextReportOptions options)
    {
        _survey = survey;
        _options = options;
    }

    /// <summary>The verdicts, in the order in which they are told.</summary>
    public static HostVerdict[] Verdicts { get; } = Enum.GetValues<HostVerdict>();

    /// <summary>A verdict behind a count: <c>2 without a legal order</c>.</summary>
    public static string Of(HostVerdict verdict) => verdict switch
    {
        HostVerdict.Ready => "ready",
        HostVerdict.NotAccepted => "not accepted by a kernel",
        HostVerdict.NoOrder => "without a legal order",
        HostVerdict.Malformed => "malformed",
        _ => "unreadable",
    };

    /// <summary>The host to look at.</summary>
    public HostAnswer Example(SurveyCause cause) => _survey.Hosts[cause.Example];

    /// <summary>What is wrong with the example, behind its place where that is known.</summary>
    public string Told(SurveyCause cause)
    {
        HostAnswer example = Example(cause);
        string place = cause.Diagnostic.Location is { IsKnown: true } found && example.Input is null
            ? $"{PlainText.Id(example.Host)}:{found}"
            : PlainText.Id(example.Host);
        return $"{place}: {VerdictSentence.Of(cause.Diagnostic)}";
    }

    /// <summary>The rules of the models that make the example's walk closed, each once.</summary>
    public static IEnumerable<string> Rules(SurveyCause cause) => cause.Diagnostic.Cycle is not { } cycle ? []
        : cycle.Steps.Select(step => PlainText.Sentence(CycleRuleSentences.Of(cycle.Rules, step)) + ".")
            .Distinct(StringComparer.Ordinal);

    /// <summary>What would help the example; empty where nobody knows.</summary>
    public static string WayOut(SurveyCause cause) => cause.WayOut is { } wayOut
        ? $"{RepairText.What(wayOut.Repair)} (--apply-repair {wayOut.Number})"
        : PlainText.Sentence(DiagnosticSentences.WayOut(cause.Diagnostic));

    /// <summary>The command that shows the example, in words of a shell.</summary>
    public string[] Command(SurveyCause cause)
    {
        string path = Path.Combine(_options.SetName, Example(cause).Host);
        return ["graph-order", "plan", ShellWord.Path(path), .. _options.RepeatedWords];
    }
}
