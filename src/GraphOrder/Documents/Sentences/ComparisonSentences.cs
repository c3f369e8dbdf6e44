using System.Globalization;

namespace GraphOrder;

/// <summary>
/// Answers the question of the mail for one host in a paragraph: who has an order, what could go wrong, what
/// would protect the memory, and what it costs. Thread-safe.
/// </summary>
public static class ComparisonSentences
{
    /// <summary>The verdict.</summary>
    public static string Verdict(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        List<string> sentences = [Orders(comparison)];
        AddDanger(sentences, comparison);
        sentences.Add(Exposure(comparison));
        AddGraph(sentences, comparison);
        AddGate(sentences, comparison);
        return string.Join(' ', sentences);
    }

    /// <summary>Names one after another, with a word before the last.</summary>
    public static string List(IReadOnlyList<string> names, string word)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names.Count switch
        {
            0 => "",
            1 => names[0],
            _ => $"{string.Join(", ", names.Take(names.Count - 1))} {word} {names[^1]}",
        };
    }

    private static string Orders(Comparison comparison)
    {
        string[] legal = Names(comparison, static row => row.IsLegal);
        string[] illegal = Names(comparison, static row => !row.IsLegal);
        return illegal.Length == 0 ? "Every model has a legal order for this host."
            : legal.Length == 0 ? "No model has a legal order for this host."
            : $"{List(legal, "and")} {(legal.Length == 1 ? "has" : "have")} a legal order for this host; "
                + $"{List(illegal, "and")} {(illegal.Length == 1 ? "has" : "have")} none.";
    }

    private static void AddDanger(List<string> sentences, Comparison comparison)
    {
        foreach (ModelComparison row in comparison.Models)
        {
            if (row.Dangers.IsEmpty)
            {
                continue;
            }

            string[] alike = Names(comparison, other =>
                !other.Dangers.IsEmpty && other.Dangers[0] == row.Dangers[0]);
            string memfd = comparison.Graph.Set.NameOf(row.Dangers[0].Memfd);
            string mapper = comparison.Graph.Set.NameOf(row.Dangers[0].Mapper);
            int others = row.Dangers.Length - 1;
            string more = others == 0 ? "" : $", and {Count(others, "other memfd")} likewise";
            sentences.Add($"Finished all the same under {List(alike, "or")}, {memfd} could be released while "
                + $"{mapper} still maps it{more}.");
            return;
        }
    }

    private static string Exposure(Comparison comparison)
    {
        int mapped = 0;
        int exposed = 0;
        bool isReleased = false;
        ModelComparison[] legal = [.. comparison.Models.Where(static row => row.IsLegal)];
        foreach (MemfdWindow window in legal.SelectMany(static row => row.Memfds))
        {
            isReleased |= window.Guards.Any(static span => span.Guard == PageGuard.Released);
        }

        foreach (ModelComparison row in legal)
        {
            mapped = Math.Max(mapped, row.Memfds.Count(static window => window.LastMapper is not null));
            exposed = Math.Max(exposed, row.ExposedCount);
        }

        if (legal.Length == 0)
        {
            return "There is nothing to run, so there are no windows.";
        }

        if (mapped == 0)
        {
            return "No device maps a memfd of it as far as the set says, so nothing is exposed.";
        }

        string released = isReleased
            ? "Some are even finished before what maps them, since no dependency says otherwise."
            : "Were memfds kept frozen until their finish, as the mail supposes, none would be exposed.";
        return exposed == 0
            ? "No mapped memfd can lose pages under these orders while a device may write to it."
            : $"But {exposed} of {mapped} mapped memfds can lose pages while a device may write to them: "
                + "from retrieve on seals are all that protects a memfd, whatever the finish order, so a "
                + $"legal order alone makes no model safe. {released}";
    }

    private static void AddGraph(List<string> sentences, Comparison comparison)
    {
        ModelComparison sessions = Row(comparison, LifecycleModel.Linux73.Name);
        ModelComparison graph = Row(comparison, LifecycleModel.ExplicitGraph.Name);
        ModelComparison global = Row(comparison, LifecycleModel.GlobalFinish.Name);
        if (!graph.IsLegal)
        {
            bool isFixed = graph.Errors.All(
                static error => error.Code == DiagnosticCode.BeginningContradicted);
            string cause = isFixed
                ? "what the kernel has already stands in its way as well"
                : "the objects themselves have no order";
            sentences.Add($"An explicit graph does not help: {cause}.");
        }
        else if (!sessions.IsLegal)
        {
            string instead = global.IsLegal
                ? "; a global finish needs no graph, but holds every memfd until all is finished"
                : "";
            sentences.Add("Sessions are too coarse here: an explicit graph has an order that they hide, for "
                + $"{Bytes(graph)} of bookkeeping instead of {Bytes(sessions)}{instead}.");
        }
        else if (comparison.MemfdCount > 0)
        {
            long bySession = LongestHeld(sessions);
            long byObject = LongestHeld(graph);
            string gain = byObject < bySession
                ? $"would hold memory for {byObject} objects at most instead of {bySession}"
                : $"would hold memory no shorter ({byObject} objects at most; by session {bySession})";
            sentences.Add($"A finish per session is enough here: an explicit graph {gain}, for "
                + $"{Bytes(graph)} of bookkeeping instead of {Bytes(sessions)}.");
        }
        else
        {
            sentences.Add("A finish per session is enough here, and an explicit graph would only cost "
                + $"{Bytes(graph)} of bookkeeping instead of {Bytes(sessions)}.");
        }
    }

    private static void AddGate(List<string> sentences, Comparison comparison)
    {
        ModelComparison gate = Row(comparison, ModelComparer.PushGate);
        Diagnostic? missing = gate.Errors.FirstOrDefault(
            static error => error.Code == DiagnosticCode.NotPushed);
        if (missing is not null)
        {
            sentences.Add($"The push gate would refuse {missing.Subjects[0]}, which needs "
                + $"{missing.Subjects[1]} of another session.");
        }
        else if (gate.IsLegal)
        {
            sentences.Add($"The push gate admits it with {Bytes(gate)} and no graph.");
        }
        else
        {
            sentences.Add("The push gate finds every file where it looks, and that is not enough: its "
                + "sessions have no order.");
        }
    }

    private static ModelComparison Row(Comparison comparison, string name) =>
        comparison.Models.First(row => row.Model == name);

    private static string[] Names(Comparison comparison, Func<ModelComparison, bool> isNamed) =>
        [.. comparison.Models.Where(isNamed).Select(static row => row.Model)];

    private static long LongestHeld(ModelComparison row)
    {
        long longest = 0;
        foreach (MemfdWindow window in row.Memfds)
        {
            longest = Math.Max(longest, window.HeldObjectCount);
        }

        return longest;
    }

    private static string Bytes(ModelComparison row) =>
        Count(row.Bookkeeping.ByteCount, "byte");

    private static string Count(long count, string noun) => string.Create(
        CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
