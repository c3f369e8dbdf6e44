using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>Which memfds only seals protect, and between which steps.</summary>
internal static class OnlySeals
{
    /// <summary>
    /// One sentence: the steps where the diagnostic names every memfd, else one memfd and how many more.
    /// </summary>
    public static string Sentence(DependencyGraph graph, RunSteps run, Diagnostic diagnostic)
    {
        const string End = "they let holes be punched.";
        if (long.TryParse(diagnostic.Fact("moreCount"), CultureInfo.InvariantCulture, out long more))
        {
            long others = more + diagnostic.Subjects.Length - 1;
            return $"Only seals protect {diagnostic.Subjects[0]} and {others} more; {End}";
        }

        string memfds = string.Join(", ", diagnostic.Subjects);
        return Steps(graph, run, diagnostic) is { } steps
            ? $"{steps}: only seals protect {memfds}; {End}"
            : DiagnosticSentences.Sentence(diagnostic);
    }

    // From the first retrieve of one of them to the last finish of what maps them.
    private static string? Steps(DependencyGraph graph, RunSteps run, Diagnostic diagnostic)
    {
        int first = int.MaxValue;
        int last = 0;
        foreach (string memfd in diagnostic.Subjects)
        {
            if (graph.Set.TryFind(memfd, out ObjectId id) && graph.FileOf(id) is { } file)
            {
                first = Math.Min(first, run.Of(Phase.Retrieve, file));
            }
        }

        foreach (string mapper in Mappers(diagnostic))
        {
            if (graph.Set.TryFind(mapper, out ObjectId id) && graph.SessionOf(id) is { } session)
            {
                last = Math.Max(last, run.Of(Phase.Finish, session));
            }
        }

        return first > 0 && last > first
            ? string.Create(CultureInfo.InvariantCulture, $"{first} to {last}")
            : null;
    }

    private static ImmutableArray<string> Mappers(Diagnostic diagnostic)
    {
        foreach (DiagnosticFact fact in diagnostic.Facts)
        {
            if (fact.Name == "mappers" && !fact.List.IsDefault)
            {
                return fact.List;
            }
        }

        return [];
    }
}
