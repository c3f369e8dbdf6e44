using System.Text;

namespace GraphOrder.Tests.Documents;

/// <summary>
/// A file of questions with their answers: what stands before the first, and then each with a title after
/// <c>==</c>, the lines that ask, and the lines that answer, which are indented.
/// </summary>
internal static class QuestionFile
{
    /// <summary>The files of a folder, by name without their ending.</summary>
    public static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder, "*.txt")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal);

    /// <summary>
    /// Holds the answers of a file against those that are written there, or writes them anew with
    /// <c>GRAPHORDER_GOLDEN=write</c>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="answer">Answers a question: its title and the lines that ask.</param>
    public static void Check(string path, Func<string, string[], string> answer)
    {
        string golden = File.ReadAllText(path);
        StringBuilder text = new();
        foreach (string part in Parts(golden))
        {
            string[] question = Question(part);
            text.Append(!part.StartsWith("== ", StringComparison.Ordinal) ? part
                : $"{string.Concat(question.Select(line => line + "\n"))}"
                    + $"{answer(question[0], question[1..])}\n");
        }

        string found = text.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("GRAPHORDER_GOLDEN") == "write")
        {
            File.WriteAllText(path, found);
        }

        Assert.That(found, Is.EqualTo(golden));
    }

    /// <summary>Lines that each begin with a word, by that word: what stands behind it.</summary>
    public static Dictionary<string, string> Words(IEnumerable<string> lines) => lines
        .Select(static line => line.Split(' ', 2))
        .ToDictionary(static words => words[0], static words => words.Length > 1 ? words[1].Trim() : "");

    /// <summary>What stands before the first question, and the questions.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        int from = 0;
        for (int next; (next = text.IndexOf("\n== ", from, StringComparison.Ordinal)) >= 0; from = next + 1)
        {
            yield return text[from..(next + 1)];
        }

        yield return text[from..];
    }

    /// <summary>The title of a question and the lines that ask.</summary>
    private static string[] Question(string part)
    {
        string[] lines = part.Split('\n');
        return [lines[0], .. lines[1..].TakeWhile(line => line.Length > 0 && line[0] != ' ')];
    }
}
