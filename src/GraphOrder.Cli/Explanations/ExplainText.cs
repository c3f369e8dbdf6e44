using System.Text;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary><c>explain</c> for people.</summary>
internal static class ExplainText
{
    private const int LabelColumn = 2;
    private const int EntryColumn = 11;

    public static void Write(ReportLines text, string topic, DiagnosticEntry? entry)
    {
        if (entry is not null)
        {
            WriteEntry(text, entry);
        }
        else if (topic == "rules")
        {
            WriteRules(text);
        }
        else
        {
            WriteModels(text);
        }
    }

    private static void WriteEntry(ReportLines text, DiagnosticEntry entry)
    {
        string wayOut = Template(entry.WayOut);
        text.Wrapped(0, $"{entry.Code.Text()}: {entry.Title}");
        text.Blank();
        text.Labelled(LabelColumn, "says", EntryColumn, Template(entry.Sentence));
        text.Labelled(LabelColumn, "means", EntryColumn, entry.Explanation);
        text.Labelled(
            LabelColumn, "way out", EntryColumn, wayOut.Length > 0 ? wayOut : "Nothing needs to be done.");
        if (DiagnosticExample.Of(entry.Code) is { } example)
        {
            text.Labelled(LabelColumn, "example", EntryColumn, $"{example.Sentence} {example.WayOut}".Trim());
        }
    }

    // Names of facts as people write what stands for something: OBJECT, and not {0}. What is there only at
    // times stays, unless it is one fact and no word beside it.
    private static string Template(string sentence)
    {
        StringBuilder text = new();
        int at = 0;
        while (at < sentence.Length)
        {
            int open = sentence.IndexOf('[', at);
            int close = open < 0 ? -1 : sentence.IndexOf(']', open);
            if (close < 0)
            {
                text.Append(Named(sentence[at..]));
                break;
            }

            // Of several the last is the usual one.
            string optional = sentence[(open + 1)..close].Split('|')[^1];
            text.Append(Named(sentence[at..open]));
            text.Append(HasWords(optional) ? Named(optional) : "");
            at = close + 1;
        }

        return text.ToString();
    }

    private static bool HasWords(string optional)
    {
        int depth = 0;
        bool hasWords = false;
        foreach (char character in optional)
        {
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
            hasWords |= depth == 0 && char.IsAsciiLetter(character);
        }

        return hasWords;
    }

    private static string Named(string sentence)
    {
        StringBuilder text = new();
        bool isName = false;
        foreach (char character in sentence
            .Replace("{0}", "{OBJECT}", StringComparison.Ordinal)
            .Replace("{1}", "{OTHER}", StringComparison.Ordinal)
            .Replace("{*}", "{OBJECTS}", StringComparison.Ordinal))
        {
            isName = character == '{' || (isName && character != '}');
            if (character is not ('{' or '}'))
            {
                text.Append(isName ? char.ToUpperInvariant(character) : character);
            }
        }

        return text.ToString();
    }

    private static void WriteRules(ReportLines text)
    {
        text.Wrapped(
            0, "What 'needs' between two kinds means. Where no row fits, it orders in all phases but "
            + "unfreeze.");
        foreach (DependencyRule row in DependencyRules.Rows)
        {
            string dependents = row.Dependents.IsEmpty ? "any file" : string.Join(", ", row.Dependents);
            text.Blank();
            text.Wrapped(0, $"{dependents} -> {string.Join(", ", row.On)}");
            text.Labelled(LabelColumn, "orders", 12, row.Orders.ToString());
            if (row.Presence is { } presence)
            {
                text.Labelled(LabelColumn, "presence", 12, $"in the same session by {presence.Name()}");
            }

            if (row.IsPulled)
            {
                text.Labelled(LabelColumn, "pulled", 12, "its retrieve fetches the other by itself");
            }

            text.Labelled(LabelColumn, "status", 12, row.Status.ToString().ToLowerInvariant());
            text.Labelled(LabelColumn, "source", 12, row.Source);
        }
    }

    private static void WriteModels(ReportLines text)
    {
        text.Wrapped(0, "How a lifecycle model decides the order of each phase.");
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            text.Blank();
            text.Wrapped(0, model.Name);
            foreach (Phase phase in Phases.All)
            {
                PhaseRule rule = model[phase];
                text.Labelled(LabelColumn, phase.Name(), 14, Describe(rule));
            }
        }

        text.Blank();
        text.Wrapped(0, "A model of your own is a file, and --model names it. "
            + "'graph-order explain models --format json' prints these five in the form of such files; "
            + "'graph-order models' prints the smallest set that tells each two apart.");
    }

    private static string Describe(PhaseRule rule) => rule.Unit switch
    {
        StepUnit.Everything => "everything at once",
        StepUnit.Object => "one object at a time; sessions do not matter; order of our choice",
        StepUnit.Session => $"one session at a time; {Between(rule)}; all of it at once",
        _ => $"one file at a time; {Between(rule)}; {Inside(rule)}",
    };

    private static string Between(PhaseRule rule) => rule.Between.IsInterleaved
        ? "sessions interleave"
        : $"sessions in {rule.Between.Name} order{(rule.IsBackward ? ", backward" : "")}";

    private static string Inside(PhaseRule rule) => rule.Inside switch
    {
        InsideSession.Chosen => "order of our choice",
        InsideSession.PreserveForward => "files in preserve order",
        InsideSession.PreserveBackward => "files in reverse preserve order",
        _ => "all at once",
    };
}
