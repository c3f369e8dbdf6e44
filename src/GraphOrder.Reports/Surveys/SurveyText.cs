using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>The report on many hosts: how many can be updated, then each cause.</summary>
internal sealed class SurveyText
{
    private const int LabelColumn = 2;
    private const int TextColumn = 11;
    private const int CausesShownMax = 50;
    private const int NamesShownMax = 6;

    private readonly ReportLines _lines;
    private readonly Survey _survey;
    private readonly SurveyWords _words;
    private readonly TextReportOptions _options;

    public SurveyText(ReportLines lines, Survey survey, TextReportOptions options)
    {
        _lines = lines;
        _survey = survey;
        _options = options;
        _words = new SurveyWords(survey, options);
    }

    public void Write()
    {
        VerdictLine.Surveyed(_lines, _survey, _options);
        _lines.Blank();
        Line("folder", PlainText.Id(_options.SetName));
        Line("hosts", $"{_survey.Hosts.Length}: " + string.Join(", ", SurveyWords.Verdicts
            .Where(verdict => _survey.CountOf(verdict) > 0)
            .Select(verdict => $"{_survey.CountOf(verdict)} {SurveyWords.Of(verdict)}")));
        WriteModels();
        WriteLeftOut();
        if (_survey.HasHostsInSeveralCauses)
        {
            Line("note", "a host with several causes is counted in each");
        }

        foreach (SurveyCause cause in _survey.Causes.Take(CausesShownMax))
        {
            WriteCause(cause);
        }

        int left = _survey.Causes.Length - CausesShownMax;
        if (left > 0)
        {
            _lines.Blank();
            _lines.Wrapped(0, $"... {Plural.Of(left, "more cause")}; --format json has them all.");
        }
    }

    private void WriteModels()
    {
        string[] models =
        [
            .. _survey.Hosts.Select(static host => host.Model).OfType<string>().Distinct()
                .Order(StringComparer.Ordinal).Select(PlainText.Id),
        ];
        if (models.Length > 0)
        {
            Line(models.Length == 1 ? "model" : "models", string.Join(", ", models));
        }
    }

    private void WriteLeftOut()
    {
        int count = _survey.LeftOut.Length;
        if (count > 0)
        {
            string names = Some(
                [.. _survey.LeftOut.Select(static document =>
                    $"{PlainText.Id(document.Name)} ({PlainText.Sentence(document.Schema)})")],
                count);
            Line("left out", $"{Plural.Of(count, "document")} that {(count == 1 ? "is" : "are")} "
                + $"no session set: {names}");
        }
    }

    private void WriteCause(SurveyCause cause)
    {
        string count = Plural.Of(cause.Hosts.Length, "host");
        string share = string.Create(
            CultureInfo.InvariantCulture, $"{100.0 * cause.Hosts.Length / _survey.Hosts.Length:0.#} %");
        string code = cause.Key.Code.Text();
        _lines.Blank();
        _lines.Labelled(
            0,
            code,
            code.Length + 2,
            $"{count} ({share}): {PlainText.Sentence(SurveySentences.Of(cause.Key))}");
        if (cause.Hosts.Length > 1)
        {
            Line("hosts", Some(
                [.. cause.Hosts.Take(NamesShownMax).Select(host => PlainText.Id(_survey.Hosts[host].Host))],
                cause.Hosts.Length));
        }

        Line("example", _words.Told(cause));
        string label = "rule";
        foreach (string rule in SurveyWords.Rules(cause))
        {
            Line(label, rule);
            label = "";
        }

        if (SurveyWords.WayOut(cause) is { Length: > 0 } wayOut)
        {
            Line("way out", wayOut);
        }

        _lines.Command("  LOOK", TextColumn, _words.Command(cause));
    }

    private static string Some(string[] names, int count) => count <= NamesShownMax
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(NamesShownMax))} and {count - NamesShownMax} more";

    private void Line(string label, string text) => _lines.Labelled(LabelColumn, label, TextColumn, text);
}
