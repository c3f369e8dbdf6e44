using System.Text;

namespace GraphOrder;

/// <summary>Makes the sentences of diagnostics from their facts. Thread-safe.</summary>
public static class DiagnosticSentences
{
    private const int SubjectsShownMax = 6;

    // A fact may be a list of names, or of what is known.
    private const int FactLengthMax = 480;

    /// <summary>What is wrong, with which object, where: one sentence.</summary>
    public static string Sentence(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        DiagnosticEntry? entry = DiagnosticCatalogue.Find(diagnostic.Code);
        return entry is null
            ? $"This version does not know {diagnostic.Code.Text()}."
            : Fill(entry.Sentence, diagnostic);
    }

    /// <summary>One way out; empty where nothing needs to be done.</summary>
    public static string WayOut(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return Fill(DiagnosticCatalogue.Find(diagnostic.Code)?.WayOut ?? "", diagnostic);
    }

    /// <summary>Both, with a space between them: the <c>message</c> of documents.</summary>
    public static string Message(Diagnostic diagnostic)
    {
        string wayOut = WayOut(diagnostic);
        return wayOut.Length == 0 ? Sentence(diagnostic) : $"{Sentence(diagnostic)} {wayOut}";
    }

    private static string Fill(string template, Diagnostic diagnostic)
    {
        StringBuilder text = new();
        int at = 0;
        while (at < template.Length)
        {
            int close;
            switch (template[at])
            {
                case '[':
                    close = template.IndexOf(']', at);
                    text.Append(Optional(template[(at + 1)..close], diagnostic));
                    at = close + 1;
                    break;
                case '{':
                    close = template.IndexOf('}', at);
                    text.Append(Value(template[(at + 1)..close], diagnostic));
                    at = close + 1;
                    break;
                default:
                    text.Append(template[at++]);
                    break;
            }
        }

        return text.ToString();
    }

    // Of the parts in brackets the first that has all its facts.
    private static string Optional(string parts, Diagnostic diagnostic)
    {
        foreach (Range part in parts.AsSpan().Split('|'))
        {
            if (HasFacts(parts[part], diagnostic))
            {
                return Fill(parts[part], diagnostic);
            }
        }

        return "";
    }

    private static bool HasFacts(string part, Diagnostic diagnostic)
    {
        for (int open = part.IndexOf('{'); open >= 0; open = part.IndexOf('{', open + 1))
        {
            int close = part.IndexOf('}', open);
            if (Value(part[(open + 1)..close], diagnostic).Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Value(string name, Diagnostic diagnostic) => name switch
    {
        "0" => diagnostic.Subjects.IsEmpty ? "" : ShownName.Of(diagnostic.Subjects[0]),
        "1" => diagnostic.Subjects.Length < 2 ? "" : ShownName.Of(diagnostic.Subjects[1]),
        "*" => All(diagnostic),
        _ => ShownName.Of(diagnostic.Fact(name), FactLengthMax),
    };

    private static string All(Diagnostic diagnostic)
    {
        int shown = Math.Min(diagnostic.Subjects.Length, SubjectsShownMax);
        IEnumerable<string> first = diagnostic.Subjects.Take(shown).Select(static name => ShownName.Of(name));
        string names = string.Join(", ", first);
        int rest = diagnostic.Subjects.Length - shown;
        return rest == 0 ? names : $"{names} and {rest} more";
    }
}
