using System.Text;

namespace GraphOrder.Cli;

/// <summary><c>explain</c> for people: at most 80 columns.</summary>
internal static class ExplainText
{
    private const int Width = 80;

    public static void Write(TextWriter text, string topic, DiagnosticEntry? entry)
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

    private static void WriteEntry(TextWriter text, DiagnosticEntry entry)
    {
        text.WriteLine($"{entry.Code.Text()}: {entry.Title}");
        text.WriteLine();
        Wrap(text, "  says     ", Template(entry.Sentence));
        Wrap(text, "  means    ", entry.Explanation);
        Wrap(text, "  way out  ", Template(entry.WayOut));
    }

    // Names of facts as people write what stands for something: OBJECT, and not {0}.
    private static string Template(string sentence)
    {
        StringBuilder text = new();
        bool isName = false;
        foreach (char character in sentence
            .Replace("{0}", "{OBJECT}", StringComparison.Ordinal)
            .Replace("{1}", "{OTHER}", StringComparison.Ordinal)
            .Replace("{*}", "{OBJECTS}", StringComparison.Ordinal))
        {
            isName = character == '{' || (isName && character != '}');
            if (character is not ('{' or '}' or '[' or ']'))
            {
                text.Append(isName ? char.ToUpperInvariant(character) : character);
            }
        }

        return text.ToString();
    }

    private static void WriteRules(TextWriter text)
    {
        text.WriteLine("What 'needs' between two kinds means. Where no row fits, it orders in all");
        text.WriteLine("phases but unfreeze.");
        foreach (DependencyRule row in DependencyRules.Rows)
        {
            string dependents = row.Dependents.IsEmpty ? "any file" : string.Join(", ", row.Dependents);
            text.WriteLine();
            text.WriteLine($"{dependents} -> {string.Join(", ", row.On)}");
            Wrap(text, "  orders    ", row.Orders.ToString());
            if (row.Presence is { } presence)
            {
                Wrap(text, "  presence  ", $"in the same session by {presence.Name()}");
            }

            if (row.IsPulled)
            {
                Wrap(text, "  pulled    ", "its retrieve fetches the other by itself");
            }

            Wrap(text, "  status    ", row.Status.ToString().ToLowerInvariant());
            Wrap(text, "  source    ", row.Source);
        }
    }

    private static void WriteModels(TextWriter text)
    {
        text.WriteLine("How a lifecycle model decides the order of each phase.");
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            text.WriteLine();
            text.WriteLine(model.Name);
            foreach (Phase phase in Phases.All)
            {
                PhaseRule rule = model[phase];
                Wrap(
                    text,
                    $"  {phase.Name(),-10}  ",
                    Describe(rule));
            }
        }

        text.WriteLine();
        Wrap(text, "", "A model of your own is a file, and --model names it. "
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

    private static void Wrap(TextWriter text, string label, string sentence)
    {
        string line = label;
        bool isEmpty = true;
        foreach (string word in sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.WriteLine(line);
                line = new string(' ', label.Length);
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        if (!isEmpty)
        {
            text.WriteLine(line);
        }
    }
}
