using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>Why models have no order, who waits for whom at finish, and what has to be remembered.</summary>
internal sealed class OrderBlocks
{
    private const int ModelColumn = 2;
    private const int TextColumn = 10;
    private const int InnerColumn = 4;
    private const int BooksColumn = 25;
    private const int ErrorsMax = 3;
    private const int DangersMax = 3;
    private const int WaitsMax = 5;
    private const int ChainMax = 6;

    private readonly ReportLines _lines;
    private readonly ReportNames _names;
    private readonly Comparison _comparison;

    public OrderBlocks(ReportLines lines, ReportNames names, Comparison comparison)
    {
        _lines = lines;
        _names = names;
        _comparison = comparison;
    }

    /// <summary>Each different refusal with its danger.</summary>
    public void WriteRefusals()
    {
        IGrouping<string, ModelComparison>[] refusals =
            [.. _comparison.Models.Where(static row => !row.IsLegal).GroupBy(Told)];
        if (refusals.Length == 0)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, "NO ORDER");
        foreach (IGrouping<string, ModelComparison> alike in refusals)
        {
            _lines.Wrapped(ModelColumn, Models(alike));
            ModelComparison row = alike.First();
            foreach (Diagnostic error in row.Errors.Take(ErrorsMax))
            {
                string sentence = VerdictSentence.Of(error);
                _lines.Labelled(InnerColumn, error.Code.Text(), TextColumn + 1, sentence);
            }

            More(row.Errors.Length - ErrorsMax, "reason");
            foreach (ReleaseDanger danger in row.Dangers.Take(DangersMax))
            {
                _lines.Labelled(InnerColumn, "danger", TextColumn + 1, $"{_names.Of(danger.Memfd)} could be "
                    + $"released while {_names.Of(danger.Mapper)} still maps it.");
            }

            More(row.Dangers.Length - DangersMax, "danger");
        }
    }

    /// <summary>Who waits for whom, and how long under each model.</summary>
    public void WriteWaits()
    {
        _lines.Blank();
        _lines.Wrapped(0, "WAITS AT FINISH");
        foreach (SessionWait wait in _comparison.Waits.Take(WaitsMax))
        {
            string verb = ReasonWords.VerbOf(_comparison.Graph, wait.Witness.Dependent, wait.Witness.On);
            _lines.Wrapped(InnerColumn, $"{_names.Of(wait.Waiting)} waits for {_names.Of(wait.First)}: "
                + $"{_names.Of(wait.Witness.Dependent)} {verb} {_names.Of(wait.Witness.On)}");
        }

        int rest = _comparison.Waits.Length - WaitsMax;
        string bound = _comparison.AreWaitsWhole ? "" : "at least ";
        if (rest > 0 || !_comparison.AreWaitsWhole)
        {
            string pairs = Plural.Of(Math.Max(0, rest), "pair");
            _lines.Wrapped(InnerColumn, $"and {bound}{pairs} of sessions more");
        }

        foreach (IGrouping<string, ModelComparison> alike in _comparison.Models
            .Where(static row => row.IsLegal).GroupBy(row => Longest(row.Wait!)))
        {
            _lines.Wrapped(ModelColumn, Models(alike));
            _lines.Wrapped(InnerColumn, alike.Key);
        }

        if (_comparison.LegalCount == 0 && _comparison.Waits.IsEmpty)
        {
            _lines.Wrapped(InnerColumn, "no session waits for another");
        }
    }

    /// <summary>What each model has to remember.</summary>
    public void WriteBooks()
    {
        _lines.Blank();
        _lines.Wrapped(0, "BOOKS  in bytes, by this layout; that of the gate is what SessionGate takes");
        foreach (IGrouping<Bookkeeping, ModelComparison> alike in _comparison.Models
            .GroupBy(static row => row.Bookkeeping))
        {
            string parts = string.Join(" + ", alike.Key.Parts.Select(static part =>
            {
                (string one, string many) = ComparisonNames.WordsOf(part.What);
                return $"{Plural.Of(part.Count, one, many)} x {part.BytesEach}";
            }));
            _lines.Labelled(ModelColumn, Models(alike), BooksColumn, parts);
        }
    }

    private static string Told(ModelComparison row) => string.Join(
        '\n', row.Errors.Select(static error => error.Code.Text() + VerdictSentence.Of(error)))
        + row.Dangers.Length;

    private static string Models(IEnumerable<ModelComparison> rows) =>
        string.Join(", ", rows.Select(static row => row.Model));

    private void More(int count, string noun)
    {
        if (count > 0)
        {
            _lines.Wrapped(TextColumn + 1, $"and {Plural.Of(count, "more " + noun)}");
        }
    }

    private string Longest(FinishWait wait)
    {
        if (wait.Unit == StepUnit.Everything)
        {
            return wait.LongestCount == 0
                ? "everything is finished at once"
                : $"everything is finished at once: each session waits for {Others(wait.LongestCount)}";
        }

        if (wait.LongestCount == 0)
        {
            return wait.Unit == StepUnit.Object ? "nothing waits" : "no session waits for another";
        }

        return wait.Unit == StepUnit.Object
            ? $"only objects wait; the longest chain has {wait.LongestCount + 1} of them"
            : $"the longest chain has {wait.LongestCount + 1} sessions{Chain(wait.Chain)}";
    }

    private static string Others(int count) => count == 1 ? "the other" : $"the {count} others";

    private string Chain(ImmutableArray<SessionId> chain)
    {
        if (chain.IsEmpty)
        {
            return "";
        }

        string told = string.Join(", ", chain.Take(ChainMax).Select(_names.Of));
        return chain.Length <= ChainMax ? $": {told}" : $": {told} and {chain.Length - ChainMax} more";
    }
}
