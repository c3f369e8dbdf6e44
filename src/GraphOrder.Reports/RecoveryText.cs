namespace GraphOrder.Reports;

/// <summary>The report on a host that stopped half-way: what not to do first, then what to do.</summary>
internal sealed class RecoveryText
{
    private const int LabelColumn = 2;
    private const int TextColumn = 11;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly Recovery _recovery;
    private readonly RecoveryTextOptions _options;
    private readonly UnmetText _unmet;

    public RecoveryText(
        ReportLines lines, DependencyGraph graph, Recovery recovery, RecoveryTextOptions options)
    {
        _lines = lines;
        _graph = graph;
        _names = new ReportNames(graph);
        _recovery = recovery;
        _options = options;
        _unmet = new UnmetText(graph, recovery.State, _names, options.SetName);
    }

    public void Write()
    {
        RecoveryVerdict.Write(_lines, _names, _recovery, _options.Colour);
        WriteHeader();
        WriteBlocks();
    }

    /// <summary>Everything below the header.</summary>
    public void WriteBlocks()
    {
        WriteDoNot();
        new NextActs(_lines, _graph, _names, _recovery, _options).Write();
        WritePinned();
        WriteBlocked();
        Entries("BROKEN", _recovery.Broken, broken =>
        {
            string on = _names.Of(broken.On);
            _lines.Labelled(LabelColumn, on, TextColumn, $"is gone, and {_unmet.Of(broken)}");
            _lines.Wrapped(TextColumn, "a device may be writing into memory that is somebody else's");
        });
        Entries("LOST", _recovery.Lost, WriteLost);
        Entries("DEAD", _recovery.Dead, dead => _lines.Wrapped(
            LabelColumn, $"{_names.Of(dead)} answers EIO for good; open the device anew"));
        WarningsBlock.Write(
            _lines, _recovery.Diagnostics, new Dictionary<DiagnosticCode, string>(), isWhole: true);
    }

    private void WriteHeader()
    {
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        header.Set(_options.SetName, _graph.Set.Digest);
        string kernel = _recovery.State.IsOldKernel ? "old kernel, before the jump" : "new kernel";
        header.Line("state", $"{PlainText.Whole(_options.StateName)}  {kernel}, {Counts()}");
        string plan = _options.PlanName is { } name ? $", plan {PlainText.Whole(name)}" : "";
        header.Line("model", PlainText.Id(_recovery.Model) + plan);
    }

    private string Counts()
    {
        SortedDictionary<SessionState, int> counts = [];
        for (int i = 0; i < _graph.SessionCount; i++)
        {
            SessionState state = _recovery.State[new SessionId(i)];
            counts[state] = counts.GetValueOrDefault(state) + 1;
        }

        string told = string.Join(", ", counts.Select(each => $"{each.Value} {each.Key.Name()}"));
        return $"{Plural.Of(_graph.SessionCount, "session")}{(told.Length > 0 ? $": {told}" : "")}";
    }

    private void WriteDoNot() => Entries("DO NOT", _recovery.DoNot, act =>
    {
        string session = act.Session is { } own ? _names.Of(own) : "";
        string because = PlainText.Sentence(RecoverySentences.Because(_graph.Set, act));
        string process = act.Process is { } pid
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"process {pid}")
            : $"the process that holds {session}";
        string what = act.Kind switch
        {
            ForbiddenKind.Kexec => $"kexec: {because}",
            ForbiddenKind.Finish => $"finish {session}: {because}",
            ForbiddenKind.Close => $"close {session}: {because}",
            _ => $"let {process} exit: it {because}",
        };
        _lines.Wrapped(LabelColumn, what);
    });

    private void WritePinned() => Entries("PINNED", _recovery.Pinned, pin =>
    {
        string label = _names.Of(pin.Session);
        foreach (UnmetDependency by in pin.By.Take(_options.EntriesMax))
        {
            _lines.Labelled(LabelColumn, label, TextColumn, _unmet.Of(by));
            label = "";
        }

        if (pin.By.Length > _options.EntriesMax)
        {
            _lines.Wrapped(TextColumn, $"and {pin.By.Length - _options.EntriesMax} more");
        }

        foreach (ObjectId file in pin.Untouched.Take(_options.EntriesMax))
        {
            _lines.Labelled(
                LabelColumn, label, TextColumn, $"finishing it would discard {_names.Of(file)}");
            label = "";
        }

        foreach (ObjectId file in pin.Busy.Take(_options.EntriesMax))
        {
            _lines.Labelled(
                LabelColumn, label, TextColumn, $"EBUSY for good: {_names.Of(file)} is not retrieved");
            label = "";
        }
    });

    private void WriteBlocked() => Entries("BLOCKED", _recovery.Blocked, blocked =>
    {
        string label = _names.Of(blocked.File);
        foreach (UnmetDependency by in blocked.By.Take(_options.EntriesMax))
        {
            string state = by.On.IsSession
                ? _recovery.State[by.On.SessionId].Name()
                : _recovery.State[by.On.ObjectId].Name();
            _lines.Labelled(LabelColumn, label, TextColumn, $"{_unmet.Of(by)}, which is {state}");
            label = "";
        }

        foreach (ObjectId behind in blocked.Behind)
        {
            bool isThere = _recovery.State[behind] != FileState.Untouched;
            string session = _names.Of(_graph.SessionOf(blocked.File)!.Value);
            _lines.Labelled(LabelColumn, label, TextColumn, isThere
                ? $"goes before {_names.Of(behind)}, which is preserved; close {session}, start it again"
                : $"goes after {_names.Of(behind)}, which cannot be preserved");
            label = "";
        }
    });

    private void WriteLost(ObjectId file)
    {
        string why = _recovery.State[file] == FileState.Failed
            ? "could not be retrieved, and the kernel keeps the error"
            : "is not in the new kernel";
        _lines.Wrapped(LabelColumn, $"{_names.Of(file)} {why}");
    }

    private void Entries<T>(string title, IReadOnlyList<T> entries, Action<T> write)
    {
        if (entries.Count == 0)
        {
            return;
        }

        _lines.Blank();
        _lines.Wrapped(0, title);
        for (int i = 0; i < Math.Min(entries.Count, _options.EntriesMax); i++)
        {
            write(entries[i]);
        }

        if (entries.Count > _options.EntriesMax)
        {
            _lines.Wrapped(
                LabelColumn, $"and {entries.Count - _options.EntriesMax} more, as --format json has them");
        }
    }
}
