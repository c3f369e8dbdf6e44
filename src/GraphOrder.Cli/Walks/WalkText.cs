using System.Globalization;
using GraphOrder.Mappings;
using GraphOrder.PageTables;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>
/// A walk for people: verdict, header, runs, faults, notes, what was not checked, the next command; ASCII, at
/// most 80 columns.
/// </summary>
internal sealed class WalkText
{
    private const int RunRoom = 72;
    private const int SizesMax = 64;
    private const int ShownOfKindMax = 10;
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";

    private readonly ReportLines _lines;
    private readonly WalkAnswer _answer;
    private readonly Diagnostic? _torn;
    private readonly bool _hasColour;

    private WalkText(TextWriter output, WalkAnswer answer, bool hasColour, int width)
    {
        _lines = new(output, width);
        _answer = answer;
        _torn = answer.Torn();
        _hasColour = hasColour;
    }

    private WalkSummary Summary => _answer.Summary;

    private long Notes
    {
        get
        {
            long count = 0;
            foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
            {
                count += kind.Severity() == FaultSeverity.Info ? Summary.FaultCount(kind) : 0;
            }

            return count;
        }
    }

    private long Warnings => Summary.Faults - Summary.Errors - Notes
        + Reported.Count(static found => found.Severity == DiagnosticSeverity.Warning);

    // What is said beside the faults of the table.
    private IEnumerable<Diagnostic> Reported =>
        _torn is null ? _answer.Findings : [.. _answer.Findings, _torn];

    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter output, WalkAnswer answer, bool hasColour, int width)
    {
        WalkText text = new(output, answer, hasColour, width);
        text.WriteVerdict();
        text.WriteHeader();
        text.WriteRuns();
        text.WriteFaults();
        text.WriteFindings();
        text.WriteNotes();
        text.WriteClosing();
    }

    private void WriteVerdict()
    {
        string walked = $"{Plural.Of(Leaves(), "leaf", "leaves")} in {Plural.Of(Summary.Tables, "table")}";
        string torn = _torn is null ? "" : $", or torn reads ({_torn.Code.Text()})";
        (string word, string colour, string rest) = Summary.Errors > 0
            ? ("FAULTS", Red, $"{torn}: {Plural.Of(Summary.Errors, "error")} "
                + $"({Codes(FaultSeverity.Error)}){OfTheSet()}; {walked}.")
            : Summary.SkippedTables > 0
            ? ("UNFINISHED", Red, $": {Summary.SkippedTables} pointers to tables beyond the limit were not "
                + $"followed{OfTheSet()}; {walked}.")
            : _answer.Findings.FirstOrDefault(static found => found.IsError) is { } refused
            ? ("REFUSED", Red, $"{torn}: {Refusal(refused)}")
            : Warnings > 0
            ? ("SOUND", Yellow, $", with {Plural.Of(Warnings, "warning")} ({Codes(FaultSeverity.Warning)}); "
                + $"{walked}.")
            : ("SOUND", Green, $": {walked}, and nothing that was checked is wrong.");
        _lines.Verdict(word, _hasColour ? colour : null, rest);
    }

    // The first error of the set in its own words, and how many there are beside it.
    private string Refusal(Diagnostic first)
    {
        string sentence = Printable.Of(DiagnosticSentences.Sentence(first)).TrimEnd('.');
        int others = _answer.Findings.Count(static found => found.IsError) - 1;
        string more = others == 0 ? "" : $" {Plural.Of(others, "more problem")} below.";
        return $"{sentence} ({first.Code.Text()}).{more}";
    }

    private string OfTheSet()
    {
        Diagnostic[] errors = [.. _answer.Findings.Where(static found => found.IsError)];
        return errors.Length == 0 ? ""
            : $", {errors.Length} against the set "
                + $"({string.Join(", ", errors.Select(static found => found.Code.Text()).Distinct())})";
    }

    private void WriteHeader()
    {
        WalkRoot root = _answer.Root;
        FormatDescription format = root.Format.Description;
        string granule = format.Granule.Length > 0 ? $", granule {format.Granule}" : "";
        string experimental = format.IsExperimental ? " (experimental)" : "";
        string domain = root.DomainId is { } id ? $", domain {id}" : "";
        string mapped = Summary.MappedBytes.ToString(CultureInfo.InvariantCulture);
        long bytes = Summary.MappedBytes > long.MaxValue ? long.MaxValue : (long)Summary.MappedBytes;
        string rounded = bytes >= 1024 ? $" ({Bytes.Of(bytes)})" : "";
        _lines.Blank();
        Header("image", $"{Printable.Of(_answer.Query.Image)}, {LayoutName()}");
        Header("table", $"{format.Name}{granule}{experimental}");
        Header("root", $"{NumberText.Hex(root.Top)}, level {root.TopLevel}");
        if (_answer.Query.Device is { } device)
        {
            Header("device", $"{device}{domain}");
        }

        if (_answer.Query.Set is { } set)
        {
            Header("set", $"{set.SetName}, {set.DomainName}");
        }

        Header("tables", string.Create(
            CultureInfo.InvariantCulture, $"{Summary.Tables}, of them {Summary.EmptyTables} empty"));
        Header("leaves", LeafSizes());
        Header("mapped", $"{mapped} bytes{rounded}");
    }

    private void Header(string label, string text) => _lines.Labelled(2, label, 10, text);

    private void WriteRuns()
    {
        if (_answer.ListRuns is not { } listRuns)
        {
            return;
        }

        _lines.Blank();
        ReportTable table = new(
            _lines,
            RunRoom,
            new Cell(0, "RUNS"),
            new Cell(6, "IOVA"),
            new Cell(26, "physical"),
            new Cell(44, "access"),
            new Cell(52, "bytes"));
        table.Header();
        listRuns(run => table.Row(
            "",
            NumberText.Hex(run.Iova),
            NumberText.Hex(run.Physical),
            WalkWords.Of(run.Access),
            run.Bytes.ToString(CultureInfo.InvariantCulture)));
    }

    private void WriteFaults()
    {
        if (Summary.Faults == Notes)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, "FAULTS");
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            if (kind.Severity() != FaultSeverity.Info && Summary.FaultCount(kind) > 0)
            {
                WriteKind(kind);
            }
        }
    }

    private void WriteKind(PageTableFaultKind kind)
    {
        long count = Summary.FaultCount(kind);
        DiagnosticEntry entry = DiagnosticCatalogue.Find(PageTableDiagnostics.Code(kind))!;
        _lines.Labelled(
            2, kind.Code(), 10, $"{kind}, {Plural.Of(count, "time")}: {entry.Title}");
        long shown = 0;
        string wayOut = "";
        foreach (PageTableFault fault in _answer.Faults)
        {
            if (fault.Kind != kind || shown == ShownOfKindMax)
            {
                continue;
            }

            Diagnostic diagnostic = PageTableDiagnostics.Of(fault);
            _lines.Labelled(
                4, DiagnosticWriter.SeverityName(diagnostic.Severity), 12,
                DiagnosticSentences.Sentence(diagnostic));
            wayOut = DiagnosticSentences.WayOut(diagnostic);
            shown++;
        }

        if (shown < count)
        {
            _lines.Wrapped(12, $"and {count - shown} more");
        }

        if (wayOut.Length > 0)
        {
            _lines.Labelled(4, "way out", 12, wayOut);
        }
    }

    private void WriteFindings()
    {
        if (_answer.Walked is { } walked)
        {
            WalkFindingsText.WriteOwners(_lines, _answer.Query.Set!.Set, walked.Owners);
            WalkFindingsText.Write(_lines, "AGAINST THE SET", _answer.Findings);
        }

        // Asked again: runs are listed by another walk.
        if (_answer.Torn() is { } torn)
        {
            WalkFindingsText.Write(_lines, "TORN", [torn]);
        }
    }

    private void WriteNotes()
    {
        if (Notes == 0)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, "NOTES");
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            if (kind.Severity() == FaultSeverity.Info && Summary.FaultCount(kind) > 0)
            {
                string title = DiagnosticCatalogue.Find(PageTableDiagnostics.Code(kind))!.Title;
                _lines.Labelled(
                    2, kind.Code(), 10, $"{Plural.Of(Summary.FaultCount(kind), "time")}: {title}");
            }
        }
    }

    private void WriteClosing()
    {
        List<string> notChecked = [];
        foreach (PageTableFaultKind kind in Summary.NotChecked)
        {
            notChecked.Add($"{kind.Code()} ({FactOptions.OptionOf(kind)})");
        }

        if (_answer.Query.Set is null)
        {
            notChecked.Add("who owns the memory that is mapped (--set)");
        }
        else if (!_answer.Query.Set.Owners.HasAreas)
        {
            notChecked.Add("what the areas of its IOAS say (areas in the set)");
        }

        if (notChecked.Count > 0)
        {
            _lines.Blank();
            _lines.Labelled(0, "NOT CHECKED", 13, string.Join(", ", notChecked));
        }

        if (FirstCode() is { } code)
        {
            _lines.Command("EXPLAIN", 13, ["graph-order", "explain", code]);
        }
        else if (_answer.ListRuns is null)
        {
            _lines.Command("RUNS", 13, [.. _answer.Query.Words, "--runs"]);
        }
    }

    private long Leaves()
    {
        long count = 0;
        for (int size = 0; size < SizesMax; size++)
        {
            count += Summary.LeafCount(size);
        }

        return count;
    }

    private string LeafSizes()
    {
        List<string> sizes = [];
        for (int size = 0; size < SizesMax; size++)
        {
            if (Summary.LeafCount(size) > 0)
            {
                sizes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Summary.LeafCount(size)} of {NumberText.PowerOfTwo(size)}"));
            }
        }

        return sizes.Count == 0 ? "none" : string.Join(", ", sizes);
    }

    private string LayoutName() => _answer.Image.Layout switch
    {
        ImageLayout.ElfCore => "an ELF core",
        ImageLayout.PageList or ImageLayout.KhoPageList => "a page list",
        _ => _answer.Query.BaseAddress is { } first ? $"raw from {NumberText.Hex(first)} on" : "raw",
    };

    // The codes of the listed faults of a severity; at most three. Warnings are of the set too.
    private string Codes(FaultSeverity severity)
    {
        List<string> codes = [];
        foreach (Diagnostic found in severity == FaultSeverity.Warning ? Reported : [])
        {
            bool isNew = found.Severity == DiagnosticSeverity.Warning && !codes.Contains(found.Code.Text());
            codes.AddRange(isNew ? [found.Code.Text()] : []);
        }

        foreach (PageTableFault fault in _answer.Faults)
        {
            string code = fault.Kind.Code();
            if (fault.Severity == severity && !codes.Contains(code))
            {
                codes.Add(code);
            }
        }

        const int ShownMax = 3;
        return codes.Count == 0 ? "none of them listed"
            : codes.Count <= ShownMax ? string.Join(", ", codes)
            : $"{string.Join(", ", codes[..ShownMax])} and more";
    }

    private string? FirstCode()
    {
        foreach (PageTableFaultKind kind in PageTableFaultKinds.All)
        {
            if (kind.Severity() != FaultSeverity.Info && Summary.FaultCount(kind) > 0)
            {
                return kind.Code();
            }
        }

        return Reported.FirstOrDefault()?.Code.Text();
    }
}
