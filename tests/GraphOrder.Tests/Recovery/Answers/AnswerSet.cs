namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>
/// Reads a set from text. Parts end with a semicolon. <c>vm: ram memfd, io iommufd, space ioas in io</c> is a
/// session (<c>vm*:</c> one that is created; named again it goes on), <c>kernel: x flb</c> what the kernel
/// moves, <c>act: pause freeze of vm</c> an act, with <c>late</c> behind it one that goes as late as it can.
/// <c>a &gt; b</c> is a need of <c>a</c>, <c>~&gt;</c> a soft one, <c>@finish,retrieve</c> its phases, and
/// <c>by vmm</c> who declared it; <c>a &gt;&gt; b</c> is one of its own list.
/// </summary>
internal sealed class AnswerSet
{
    private readonly DependencyGraphBuilder _builder = new();
    private readonly Dictionary<string, DependencyEnd> _ends = [];

    /// <summary>Reads all three lines.</summary>
    public AnswerSet(string parts, string needs, string listed)
    {
        foreach (string part in AnswerCase.Split(parts, ';'))
        {
            string[] sides = part.Split(':', 2, StringSplitOptions.TrimEntries);
            Begin(sides[0]);

            foreach (string entry in AnswerCase.Split(sides[1], ','))
            {
                Add(sides[0].TrimEnd('*'), entry.Split(' '));
            }
        }

        Array.ForEach(AnswerCase.Split(needs, ';'), Need);
        foreach (string part in AnswerCase.Split(listed, ';'))
        {
            string[] sides = part.Split(':', 2, StringSplitOptions.TrimEntries);
            _builder.SetPreserved(
                _ends[$"session:{sides[0]}"].SessionId,
                [.. AnswerCase.Split(sides[1], ',').Select(name => _ends[name].ObjectId)]);
        }
    }

    /// <summary>The set.</summary>
    public SessionSet Build() => _builder.BuildSet();

    private void Begin(string name)
    {
        string key = $"session:{name.TrimEnd('*')}";
        if (name is not ("kernel" or "act") && !_ends.ContainsKey(key))
        {
            _builder.AddSession(name.TrimEnd('*'), out SessionId session, created: name.EndsWith('*'));
            _ends[key] = session;
        }
    }

    private void Add(string home, string[] words)
    {
        ObjectId added;
        if (home == "act")
        {
            _ = Phases.TryParse(words[1], out Phase phase);
            _builder.AddAct(
                _ends[$"session:{words[3]}"].SessionId, words[0], phase, out added, isLate: words.Length > 4);
        }
        else if (home == "kernel")
        {
            _builder.AddKernelObject(words[0], Kind(words[1]), out added);
        }
        else if (words.Length > 2)
        {
            _builder.AddObject(_ends[words[3]].ObjectId, words[0], Kind(words[1]), out added);
        }
        else
        {
            _builder.AddFile(_ends[$"session:{home}"].SessionId, words[0], Kind(words[1]), out added);
        }

        _ends[words[0]] = added;
    }

    private void Need(string text)
    {
        string[] listed = text.Split(">>", StringSplitOptions.TrimEntries);
        if (listed.Length > 1)
        {
            _builder.AddNeed(_ends[listed[0]].ObjectId, _ends[listed[1]].ObjectId);
            return;
        }

        string[] said = text.Split(" by ", StringSplitOptions.TrimEntries);
        DependencyOrigin origin = said.Length == 1
            ? default
            : new DependencyOrigin(
                DependencySource.Declared, new SourceLocation(7, 3), said[1], $"{said[1]} has a reason");
        string[] parts = said[0].Split('@', StringSplitOptions.TrimEntries);
        bool isSoft = parts[0].Contains("~>", StringComparison.Ordinal);
        string[] ends = parts[0].Split(isSoft ? "~>" : ">", StringSplitOptions.TrimEntries);
        PhaseSet? phases = null;
        if (parts.Length > 1)
        {
            phases = PhaseSet.None;
            foreach (string name in AnswerCase.Split(parts[1], ','))
            {
                _ = Phases.TryParse(name, out Phase phase);
                phases = phases.Value.With(phase);
            }
        }

        _builder.AddDependency(
            _ends[ends[0]], _ends[ends[1]], phases, origin,
            isSoft ? DependencyStrength.Soft : DependencyStrength.Hard);
    }

    private static ObjectKind Kind(string name) => ObjectKind.TryParse(name, out ObjectKind kind)
        ? kind
        : throw new ArgumentException(name);
}
