namespace GraphOrder.Reports;

/// <summary>The report on why one end goes before another in a phase.</summary>
internal sealed class WhyText
{
    private const int TextColumn = 10;

    private readonly ReportLines _lines;
    private readonly DependencyGraph _graph;
    private readonly OrderExplanation _why;
    private readonly TextReportOptions _options;
    private readonly ChainLines _chain;
    private readonly string _first;
    private readonly string _then;
    private readonly string _toDo;

    public WhyText(
        ReportLines lines, DependencyGraph graph, OrderExplanation why, TextReportOptions options)
    {
        _lines = lines;
        _graph = graph;
        _why = why;
        _options = options;
        _chain = new ChainLines(lines, graph, options.SetName, TextColumn);
        _first = PlainText.Id(why.First);
        _then = PlainText.Id(why.Then);
        _toDo = PhaseWords.ToDo(why.Rule.Phase);
    }

    private Phase Phase => _why.Rule.Phase;

    public void Write()
    {
        (string word, string rest) = Verdict();
        _lines.Verdict(word, null, rest);
        _lines.Blank();
        HeaderBlock header = new(_lines, _graph);
        header.Set(_options.SetName, _graph.Set.Digest);
        header.Line("model", PlainText.Id(_why.Model));
        header.Line("phase", $"{Phase.Name()}: {PhaseWords.Describe(_why.Rule)}");
        if (_why.HasKernelMoved)
        {
            header.Line("note", "What the kernel moves by itself has no step; it orders what needs it and "
                + "what it needs.");
        }

        WriteChain();
        WriteCounterfactual();
        WriteProblems();
    }

    private (string Word, string Sentence) Verdict() => _why.Verdict switch
    {
        OrderVerdict.First => ("YES", $": {_first} must {ToDo(_why.First)} before {_then}."),
        OrderVerdict.Then => ("THE OTHER WAY ROUND", $": {_then} must {ToDo(_why.Then)} before {_first}."),
        OrderVerdict.Free => ("NO", $": nothing orders {_first} and {_then} in {Phase.Name()}.{Planned()}"),
        OrderVerdict.Together => ("TOGETHER", Together()),
        OrderVerdict.Partly => ("PARTLY", $": {_first} and {_then} are ordered in {Phase.Name()} only in "
            + "part."),
        _ => ("CONTRADICTION", $": {_first} and {_then} must each {_toDo} before the other."),
    };

    private string ToDo(string name) =>
        _graph.Set.TryFind(name, out ObjectId id) && _graph[id].Act is not null ? "be done" : _toDo;

    private string Together()
    {
        string mover = _why.MovesIn!;
        return mover == "everything"
            ? $": everything moves at once in {Phase.Name()}, {_first} and {_then} too."
            : mover == _why.First ? $": {_then} is part of {_first} and moves with it in {Phase.Name()}."
            : mover == _why.Then ? $": {_first} is part of {_then} and moves with it in {Phase.Name()}."
            : $": {_first} and {_then} move in one step of {Phase.Name()}, that of {PlainText.Id(mover)}.";
    }

    // What decides where nothing must: the wave, and then the place in the document.
    private string Planned()
    {
        if (_why.FirstPlace is not { } first || _why.ThenPlace is not { } then)
        {
            return "";
        }

        bool isFirst = first.Step < then.Step;
        string leader = isFirst ? _first : _then;
        string reason = first.Wave == then.Wave ? "by its place in the document"
            : (first.Wave < then.Wave) == isFirst ? "since fewer steps must go before it"
            : "since it is taken session by session";
        return $" A plan has {leader} first all the same, {reason}.";
    }

    private void WriteChain()
    {
        if (_why.Chain.IsEmpty)
        {
            return;
        }

        _lines.Blank();
        string count = Plural.Of(_why.Chain.Length, "step");
        string level = _why.IsBySession ? "as sessions, which move as a whole; " : "";
        string least = _why.Verdict == OrderVerdict.Partly ? "for instance" : "and none is shorter";
        _lines.Labelled(0, "CHAIN", TextColumn, $"{level}{count}, {least}");
        string from = _why.IsTurned ? _why.Then : _why.First;
        string to = _why.IsTurned ? _why.First : _why.Then;
        WriteJoin(from, _why.Chain[0].First);
        _chain.Write(_why.Chain, Phase);
        WriteJoin(to, _why.Chain[^1].Then);
        HashSet<string> told = [];
        foreach (CycleStep step in _why.Chain)
        {
            string rule = CycleRuleSentences.Of(_why.Rules, step);
            if (told.Add(rule))
            {
                string label = told.Count == 1 ? "  rule" : "";
                _lines.Labelled(0, label, TextColumn, PlainText.Sentence(rule) + ".");
            }
        }
    }

    // Where the chain begins or ends at something else than what was asked about, it is in the same file or
    // session.
    private void WriteJoin(string asked, string told)
    {
        if (asked == told
            || !_graph.Set.TryFindEnd(asked, out DependencyEnd askedEnd)
            || !_graph.Set.TryFindEnd(told, out DependencyEnd toldEnd))
        {
            return;
        }

        if (askedEnd.IsSession)
        {
            _lines.Wrapped(TextColumn, $"{PlainText.Id(told)} is in {PlainText.Id(asked)}");
            return;
        }

        string home = !_why.IsBySession && !toldEnd.IsSession
            && _graph.FileOf(askedEnd.ObjectId) is { } file && _graph.FileOf(toldEnd.ObjectId) == file
            ? PlainText.Id(_graph.Set.NameOf(file))
            : SessionOf(askedEnd);
        _lines.Wrapped(TextColumn, $"{PlainText.Id(asked)} and {PlainText.Id(told)} are in {home}");
    }

    private string SessionOf(DependencyEnd end)
    {
        SessionId? session = end.IsSession ? end.SessionId : _graph.SessionOf(end.ObjectId);
        return session is { } found ? $"session {PlainText.Id(_graph.Set.NameOf(found))}" : "the kernel";
    }

    private void WriteCounterfactual()
    {
        if (_why.Counterfactual is not { } counterfactual)
        {
            return;
        }

        _lines.Blank();
        string other = _why.IsTurned ? _first : _then;
        if (!counterfactual.IsPossible)
        {
            _lines.Labelled(
                0,
                "TO TURN",
                TextColumn,
                $"No dependency can be dropped so that {other} goes first: the kernel has the order "
                + "already. Close the session and start it again.");
            return;
        }

        string count = Plural.Of(counterfactual.Dropped.Length, "dependency", "dependencies");
        _lines.Labelled(0, "TO TURN", TextColumn, $"To let {other} go first, {count} must go:");
        foreach (DroppedDependency dropped in counterfactual.Dropped)
        {
            string dependency = $"{PlainText.Id(dropped.Dependent)}  needs  {PlainText.Id(dropped.On)}";
            _chain.WriteDependency(TextColumn + 2, dependency, dropped.Origin.Location);
            string soft = dropped.Strength == DependencyStrength.Soft
                ? $"; soft, weight {dropped.Weight}: --waive can do it"
                : "";
            _lines.Wrapped(TextColumn + 4, $"in {dropped.Phases}{soft}");
        }

        string least = counterfactual.IsExact
            ? "no smaller change exists"
            : $"a smaller change may exist, of no less than {counterfactual.HardCountMin} hard ones";
        string verified = counterfactual.IsVerified
            ? "planned again without: legal"
            : "planned again without: still no plan, so more would have to change";
        _lines.Labelled(0, "", TextColumn, $"{least}; {verified}");
        _lines.Labelled(0, "", TextColumn, "Each says that something is unsafe. Nothing was changed.");
    }

    private void WriteProblems()
    {
        if (_why.Problems.IsEmpty)
        {
            return;
        }

        _lines.Blank();
        Diagnostic first = _why.Problems[0];
        string sentence = VerdictSentence.Of(first).TrimEnd('.');
        _lines.Labelled(
            0, "NO PLAN", TextColumn, $"The set has none: {sentence} ({first.Code.Text()}).");
        _lines.Command("PLAN", TextColumn, ["graph-order", "plan", ShellWord.Path(_options.SetName)]);
    }
}
