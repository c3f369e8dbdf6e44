using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The worst memfds under each different order, in objects and, where costs are known, in time.
/// </summary>
internal sealed class MemfdBlock
{
    private const int ModelColumn = 2;
    private const int MemfdColumn = 4;
    private const int TextColumn = 10;
    private const int MemfdsMax = 2;

    private readonly ReportLines _lines;
    private readonly ReportNames _names;
    private readonly Comparison _comparison;
    private readonly SortedDictionary<DiagnosticCode, PageGuard> _guards = [];

    public MemfdBlock(ReportLines lines, ReportNames names, Comparison comparison)
    {
        _lines = lines;
        _names = names;
        _comparison = comparison;
    }

    public void Write()
    {
        if (_comparison.MemfdCount == 0 || _comparison.LegalCount == 0)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, "MEMFDS  the longest exposed of each model, then the longest held");
        foreach (IGrouping<ImmutableArray<MemfdWindow>, ModelComparison> alike in _comparison.Models
            .Where(static row => row.IsLegal).GroupBy(static row => row.Memfds))
        {
            _lines.Wrapped(ModelColumn, string.Join(", ", alike.Select(static row => row.Model)));
            WriteWorst(alike.Key);
        }

        foreach ((DiagnosticCode code, PageGuard guard) in _guards)
        {
            _lines.Labelled(ModelColumn, code.Text(), TextColumn, ComparisonNames.WordsOf(guard));
        }
    }

    private void WriteWorst(ImmutableArray<MemfdWindow> windows)
    {
        // One pass for the few that are told: sorting a hundred thousand for two would be waste.
        List<MemfdWindow> worst = [];
        foreach (MemfdWindow window in windows)
        {
            int place = worst.FindIndex(known => IsWorse(window, known));
            worst.Insert(place < 0 ? worst.Count : place, window);
            if (worst.Count > MemfdsMax)
            {
                worst.RemoveAt(MemfdsMax);
            }
        }

        foreach (MemfdWindow window in worst)
        {
            _lines.Wrapped(MemfdColumn, Sentence(window));
        }

        int rest = windows.Length - worst.Count;
        if (rest > 0)
        {
            _lines.Wrapped(MemfdColumn, $"and {Plural.Of(rest, "memfd")} more, no worse");
        }
    }

    private static bool IsWorse(MemfdWindow one, MemfdWindow other)
    {
        long exposed = one.Exposed?.ObjectCount ?? -1;
        long otherExposed = other.Exposed?.ObjectCount ?? -1;
        return exposed != otherExposed
            ? exposed > otherExposed
            : one.HeldObjectCount > other.HeldObjectCount;
    }

    private string Sentence(MemfdWindow window)
    {
        string held = Size(window.HeldObjectCount, window.HeldMicroseconds);
        string memfd = _names.Of(window.Memfd);
        if (window.LastMapper is not { } mapper)
        {
            return $"{memfd}: held for {held}; no device maps it";
        }

        if (window.Exposed is not { } exposed)
        {
            return $"{memfd}: held for {held}; never exposed, though {_names.Of(mapper)} maps it";
        }

        string size = Size(exposed.ObjectCount, exposed.Microseconds);
        string opens = exposed.Opens.Phase == Phase.Finish ? "its finish" : "its retrieve";
        List<string> codes = [];
        foreach (GuardSpan span in window.Guards)
        {
            if (ComparisonNames.CodeOf(span.Guard) is { } code)
            {
                codes.Add(code.Text());
                _guards.TryAdd(code, span.Guard);
            }
        }

        return $"{memfd}: held for {held}; exposed for {size}, from {opens} until {_names.Of(mapper)} is "
            + $"finished ({string.Join(", then ", codes)})";
    }

    private static string Size(long objects, long microseconds)
    {
        string count = Plural.Of(objects, "object");
        return microseconds == 0 ? count : $"{count}, {Durations.Of(microseconds)}";
    }
}
