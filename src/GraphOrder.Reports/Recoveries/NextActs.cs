namespace GraphOrder.Reports;

/// <summary>What to do next on a host that stopped half-way, numbered.</summary>
internal sealed class NextActs
{
    private const int NumberColumn = 2;
    private const int TextColumn = 5;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly Recovery _recovery;
    private readonly RecoveryTextOptions _options;
    private int _number;

    public NextActs(
        ReportLines lines,
        DependencyGraph graph,
        ReportNames names,
        Recovery recovery,
        RecoveryTextOptions options)
    {
        _lines = lines;
        _graph = graph;
        _names = names;
        _recovery = recovery;
        _options = options;
    }

    /// <summary>Writes the block; nothing where there is nothing to do.</summary>
    public void Write()
    {
        if (_recovery.State.IsOldKernel)
        {
            Old();
        }
        else
        {
            New();
        }
    }

    private void New()
    {
        List<ObjectId> loud = Loud();
        bool isUrgent = !_recovery.Broken.IsEmpty && loud.Count > 0;
        if (isUrgent)
        {
            Silence(loud);
        }

        Say("retrieve session", _recovery.Sessions.Select(_names.Of));
        Say("retrieve", _recovery.Retrieve.Select(_names.Of), "in this order");
        bool isFinal = _recovery.Finish.Length > 0 && _recovery.Finish[0].IsSession;
        Say(
            isFinal ? "finish session" : "finish",
            _recovery.Finish.Select(NameOf),
            "in this order; close each right after");
        if (loud.Count > 0)
        {
            if (!isUrgent)
            {
                Silence(loud);
            }

            AskAgain(loud);
        }
    }

    private void Silence(List<ObjectId> loud)
    {
        List<string> devices = [.. Devices(loud).Take(_options.EntriesMax).Select(_names.Of)];
        string who = devices.Count > 0
            ? $"make {string.Join(", ", devices)} quiet"
            : $"make the devices behind {Shown(loud.Select(id => _names.Of(id)))} quiet";
        Line($"{who}: bus mastering off, or reset");
    }

    private void AskAgain(List<ObjectId> loud)
    {
        Line(_options.ResumeWords.IsEmpty
            ? "once they are quiet, say so and ask again:"
            : "once they are quiet, say so and go on:");
        List<string> words = _options.ResumeWords.IsEmpty ? AskedWords() : [.. _options.ResumeWords];
        foreach (string assumed in _options.AssumeQuiet
            .Concat(loud.Take(_options.EntriesMax).Select(_graph.Set.NameOf)))
        {
            words.AddRange(["--assume-quiet", ShellWord.Of(assumed)]);
        }

        _lines.Command("", TextColumn, [.. words]);
    }

    private List<string> AskedWords()
    {
        List<string> words =
            ["graph-order", "recover", ShellWord.Path(_options.SetName), ShellWord.Path(_options.StateName)];
        if (_options.PlanName is { } plan)
        {
            words.AddRange(["--plan", ShellWord.Path(plan)]);
        }

        if (_options.ModelName is { } model)
        {
            words.AddRange(["--model", ShellWord.Of(model)]);
        }

        return words;
    }

    private void Old()
    {
        if (_recovery.Diagnostics.Any(found => found.Code == DiagnosticCode.StillFrozen))
        {
            Line("wait until the reboot call comes back, then state it again");
        }

        Say("preserve", _recovery.Preserve.Select(_names.Of), "in this order");
        Say("run the kexec again for session", _recovery.Again.Select(_names.Of));
        if (!_recovery.Close.IsEmpty)
        {
            string either = _recovery.Again.IsEmpty ? "to call it off, close" : "or, to call it off, close";
            Say(either, _recovery.Close.Select(NameOf), "in this order");
        }
    }

    private string NameOf(DependencyEnd end) =>
        end.IsSession ? _names.Of(end.SessionId) : _names.Of(end.ObjectId);

    private void Say(string act, IEnumerable<string> names, string? how = null)
    {
        List<string> all = [.. names];
        if (all.Count > 0)
        {
            string plural = all.Count > 1 && act.EndsWith("session", StringComparison.Ordinal) ? "s" : "";
            Line($"{act}{plural} {Shown(all)}{(how is not null && all.Count > 1 ? $" ({how})" : "")}");
        }
    }

    private string Shown(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        int rest = all.Count - _options.EntriesMax;
        string told = string.Join(", ", all.Take(_options.EntriesMax));
        return rest > 0 ? $"{told} and {rest} more, as the JSON has them" : told;
    }

    private void Line(string text)
    {
        if (_number == 0)
        {
            _lines.Blank();
            _lines.Wrapped(0, "NEXT");
        }

        _number++;
        string number = _number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _lines.Labelled(NumberColumn, number, TextColumn, text);
    }

    // Files that hold or harm something without being retrieved: only somebody's word makes them quiet.
    private List<ObjectId> Loud()
    {
        HashSet<ObjectId> retrieved = [.. _recovery.Retrieve];
        SortedSet<int> loud = [];
        foreach (UnmetDependency unmet in _recovery.Pinned.SelectMany(pin => pin.By).Concat(_recovery.Broken))
        {
            if (!unmet.Dependent.IsSession && _graph.FileOf(unmet.Dependent.ObjectId) is { } file
                && _recovery.State[file] != FileState.Retrieved && !retrieved.Contains(file))
            {
                loud.Add(file.Index);
            }
        }

        return [.. loud.Select(id => new ObjectId(id))];
    }

    // The devices that are such files, or that need one of them.
    private SortedSet<ObjectId> Devices(List<ObjectId> loud)
    {
        SortedSet<ObjectId> devices = new(Comparer<ObjectId>.Create(static (a, b) => a.Index - b.Index));
        HashSet<ObjectId> files = [.. loud];
        for (int i = 0; i < _graph.ObjectCount; i++)
        {
            ObjectId id = new(i);
            if (_graph[id].Kind == ObjectKind.VfioDevice && (files.Contains(id) || NeedsOneOf(id, files)))
            {
                devices.Add(id);
            }
        }

        return devices;
    }

    private bool NeedsOneOf(ObjectId device, HashSet<ObjectId> files)
    {
        foreach (Dependency dependency in _graph.DependenciesOf(device))
        {
            if (!dependency.On.IsSession && _graph.FileOf(dependency.On.ObjectId) is { } file
                && files.Contains(file))
            {
                return true;
            }
        }

        return false;
    }
}
