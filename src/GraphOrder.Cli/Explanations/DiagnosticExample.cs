using System.Reflection;

namespace GraphOrder.Cli;

/// <summary>
/// A diagnostic as it was once told: its sentence and its way out, which is empty where nothing needs to be
/// done. <c>Examples.txt</c> has one of each code; a test writes it.
/// </summary>
/// <param name="Sentence">What was wrong.</param>
/// <param name="WayOut">What helped.</param>
internal sealed record DiagnosticExample(string Sentence, string WayOut)
{
    private const string Resource = "Examples.txt";
    private const string Arrow = "       -> ";

    /// <summary>The example of a code; null where there is none.</summary>
    public static DiagnosticExample? Of(DiagnosticCode code)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        string begin = $"{code.Text()} {code}: ";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
            {
                string next = reader.ReadLine() ?? "";
                bool isWayOut = next.StartsWith(Arrow, StringComparison.Ordinal);
                return new(line[begin.Length..], isWayOut ? next[Arrow.Length..] : "");
            }
        }

        return null;
    }
}
