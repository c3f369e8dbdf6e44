namespace GraphOrder.Tests.Documents;

/// <summary>
/// A file of questions with their answers: what stands before the first, and then each with a title after
/// <c>==</c>, the lines that ask, and the lines that answer, which are indented.
/// </summary>
internal static class QuestionFile
{
    /// <summary>What stands before the first question, and the questions.</summary>
    public static IEnumerable<string> Parts(string text)
    {
        int from = 0;
        for (int next; (next = text.IndexOf("\n== ", from, StringComparison.Ordinal)) >= 0; from = next + 1)
        {
            yield return text[from..(next + 1)];
        }

        yield return text[from..];
    }

    /// <summary>The title of a question and the lines that ask.</summary>
    public static string[] Question(string part)
    {
        string[] lines = part.Split('\n');
        return [lines[0], .. lines[1..].TakeWhile(line => line.Length > 0 && line[0] != ' ')];
    }
}
