using System.Globalization;
using System.Net;

namespace GraphOrder.Reports;

/// <summary>
/// One HTML file that shows many hosts: how many can be updated, each cause with all its hosts, and a table
/// to look a host up in. Nothing is loaded, and all but the filter is there without a script. Thread-safe.
/// </summary>
/// <remarks>
/// The page may run its own script and nothing else: its content security policy names the digest of that
/// script. Names stand in it as printable ASCII, escaped.
/// </remarks>
public static class SurveyPage
{
    private const string Page = "Surveys";

    // More rows than that are nothing to scroll through; the rest is counted, and JSON has all.
    private const int RowsMax = 10_000;

    /// <summary>Writes the page: UTF-8 text, equal for equal surveys.</summary>
    /// <param name="output">Where to; it is not flushed.</param>
    /// <param name="survey">What to show.</param>
    /// <param name="options">
    /// The folder that the hosts' names are relative to, and the options that commands repeat.
    /// </param>
    /// <remarks>About 150 bytes a host, up to 10,000 hosts in the table and in each cause.</remarks>
    public static void Write(TextWriter output, Survey survey, TextReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(options);
        string script = $"\n\"use strict\";\n{PageTemplate.Part(Page, "survey.js")}";
        SurveyWords words = new(survey, options);
        Dictionary<string, Action<TextWriter>> fillings = new()
        {
            ["title"] = page => page.Write(Id(options.SetName)),
            ["style"] = static page => page.Write(PageTemplate.Part(Page, "survey.css")),
            ["digest"] = page => page.Write(PageTemplate.DigestOf(script)),
            ["script"] = page => page.Write(script),
            ["class"] = page => page.Write(survey.IsReady ? "good" : "bad"),
            ["verdict"] = page => page.Write(Html(
                $"{(survey.IsReady ? "READY" : "NOT READY")}: {SurveySentences.Verdict(survey)}")),
            ["bar"] = page => WriteBar(page, survey),
            ["causes"] = page => WriteCauses(page, survey, words),
            ["verdicts"] = page => WriteChoices(page, survey),
            ["rows"] = page => WriteRows(page, survey),
            ["rest"] = page => WriteRest(page, survey.Hosts.Length),
            ["left"] = page => WriteLeftOut(page, survey),
        };
        PageTemplate.Write(output, PageTemplate.Part(Page, "survey.html"), fillings);
    }

    private static void WriteBar(TextWriter page, Survey survey)
    {
        List<string> legend = [];
        page.Write("<div class=\"bar\" aria-hidden=\"true\">");
        foreach (HostVerdict verdict in SurveyWords.Verdicts)
        {
            int count = survey.CountOf(verdict);
            if (count > 0)
            {
                string name = SurveySentences.NameOf(verdict);
                page.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"<span class=\"{name}\" style=\"flex-grow:{count}\"></span>"));
                string words = Html(SurveyWords.Of(verdict));
                legend.Add($"<li><i class=\"{name}\"></i><b>{count}</b> {words}</li>");
            }
        }

        page.Write($"</div>\n<ul class=\"legend\">{string.Concat(legend)}</ul>");
    }

    private static void WriteCauses(TextWriter page, Survey survey, SurveyWords words)
    {
        page.Write(survey.Causes.IsEmpty ? "" : "<h2>Causes</h2>\n");
        if (survey.HasHostsInSeveralCauses)
        {
            page.Write("<p class=\"note\">A host with several causes is counted in each.</p>\n");
        }

        for (int i = 0; i < survey.Causes.Length; i++)
        {
            WriteCause(page, survey, words, survey.Causes[i], i);
        }
    }

    private static void WriteCause(
        TextWriter page, Survey survey, SurveyWords words, SurveyCause cause, int number)
    {
        string share = string.Create(
            CultureInfo.InvariantCulture, $"{100.0 * cause.Hosts.Length / survey.Hosts.Length:0.#}");
        string count = Plural.Of(cause.Hosts.Length, "host");
        page.Write($"<section class=\"cause\" id=\"cause-{number}\">\n"
            + $"<h3><code>{cause.Key.Code.Text()}</code> {Sentence(SurveySentences.Of(cause.Key))}</h3>\n"
            + $"<p class=\"share\"><span class=\"track\" aria-hidden=\"true\"><span style=\"width:{share}%\">"
            + $"</span></span> {count}, {share} %</p>\n<dl>\n");
        Row(page, "Example", Html(words.Told(cause)));
        string rules = string.Join("<br>", SurveyWords.Rules(cause).Select(Html));
        Row(page, "Rule", rules);
        Row(page, "Way out", Html(SurveyWords.WayOut(cause)));
        Row(page, "Look", $"<code>{Html(string.Join(' ', words.Command(cause)))}</code>");
        page.Write($"</dl>\n<details><summary>{(cause.Hosts.Length == 1 ? "Its host" : $"All {count}")}"
            + "</summary><ul class=\"names\">\n");
        foreach (int host in cause.Hosts.Take(RowsMax))
        {
            page.Write($"<li>{Id(survey.Hosts[host].Host)}</li>\n");
        }

        page.Write("</ul>");
        WriteRest(page, cause.Hosts.Length);
        page.Write("</details>\n</section>\n");
    }

    private static void Row(TextWriter page, string label, string html)
    {
        if (html.Length > 0)
        {
            page.Write($"<div><dt>{label}</dt><dd>{html}</dd></div>\n");
        }
    }

    private static void WriteChoices(TextWriter page, Survey survey)
    {
        foreach (HostVerdict verdict in SurveyWords.Verdicts)
        {
            if (survey.CountOf(verdict) > 0)
            {
                page.Write($"<option value=\"{SurveySentences.NameOf(verdict)}\">"
                    + $"{Html(SurveyWords.Of(verdict))}</option>");
            }
        }
    }

    private static void WriteRows(TextWriter page, Survey survey)
    {
        foreach (HostAnswer host in survey.Hosts.Take(RowsMax))
        {
            string verdict = SurveySentences.NameOf(host.Verdict);
            string codes = string.Join(' ', host.Troubles
                .Select(static trouble => trouble.Key.Code.Text()).Distinct());
            (string sessions, string objects) = host.Input is null ? ("", "") : (
                host.SessionCount.ToString(CultureInfo.InvariantCulture),
                host.ObjectCount.ToString(CultureInfo.InvariantCulture));
            page.Write($"<tr data-verdict=\"{verdict}\"><th scope=\"row\">{Id(host.Host)}</th>"
                + $"<td><i class=\"{verdict}\"></i>{Html(SurveyWords.Of(host.Verdict))}</td><td>{codes}</td>"
                + $"<td class=\"number\">{sessions}</td><td class=\"number\">{objects}</td></tr>\n");
        }
    }

    private static void WriteRest(TextWriter page, int count)
    {
        if (count > RowsMax)
        {
            string rest = Plural.Of(count - RowsMax, "more host is", "more hosts are");
            page.Write($"<p class=\"note\">{rest} left out here; --format json has all.</p>");
        }
    }

    private static void WriteLeftOut(TextWriter page, Survey survey)
    {
        if (survey.LeftOut.IsEmpty)
        {
            return;
        }

        int count = survey.LeftOut.Length;
        page.Write($"<h2>Left out</h2>\n<details><summary>{Plural.Of(count, "document")} that "
            + $"{(count == 1 ? "is" : "are")} no session set</summary><ul class=\"names\">\n");
        foreach (LeftOutDocument document in survey.LeftOut.Take(RowsMax))
        {
            page.Write($"<li>{Id(document.Name)} <small>{Sentence(document.Schema)}</small></li>\n");
        }

        page.Write("</ul></details>\n");
    }

    private static string Id(string name) => Html(PlainText.Id(name));

    private static string Sentence(string words) => Html(PlainText.Sentence(words));

    private static string Html(string words) => WebUtility.HtmlEncode(words);
}
