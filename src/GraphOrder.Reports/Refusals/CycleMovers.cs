using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>What goes before what in a cycle: objects, files or sessions, by the kind of the cycle.</summary>
internal sealed class CycleMovers
{
    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly Diagnostic _diagnostic;
    private readonly DependencyCycle _cycle;
    private readonly DiagnosticCode _level;

    public CycleMovers(DependencyGraph graph, ReportNames names, Diagnostic diagnostic)
    {
        _graph = graph;
        _names = names;
        _diagnostic = diagnostic;
        _cycle = diagnostic.Cycle!;
        _level = diagnostic.Code != DiagnosticCode.BeginningContradicted ? diagnostic.Code
            : _cycle.Steps.Any(static step => step.Rule == CycleRule.FixedBeginning && IsSession(step.First))
                ? DiagnosticCode.SessionCycle
                : DiagnosticCode.FileCycle;
    }

    /// <summary>What must go first in a step.</summary>
    public string First(int index) => Of(_cycle.Steps[index].First);

    /// <summary>What must go after it.</summary>
    public string Then(int index) => Of(_cycle.Steps[index].Then);

    /// <summary>
    /// What the order of a step is one of, where it is not the order of the step's own phase: the kernel
    /// derives some phases backward from the order in which files are preserved, or sessions created, closed
    /// or finished. Empty for the phase's own.
    /// </summary>
    public string Participle(int index)
    {
        CycleStep step = _cycle.Steps[index];
        CyclePhase phase = _cycle.Rules[(int)step.Phase];
        return step.Rule switch
        {
            CycleRule.ReversePreserveOrder => "preserved ",
            CycleRule.SessionBySession when phase.IsBackward => phase.Between switch
            {
                "create" => "created ",
                "close" => "closed ",
                "finish" => "finished ",
                _ => "listed ",
            },
            _ => "",
        };
    }

    /// <summary>One or two sentences on what kind of cycle it is, and how much hangs together.</summary>
    /// <param name="isAlone">Whether no other kind of cycle was found.</param>
    public string Kind(bool isAlone)
    {
        if (_diagnostic.Code == DiagnosticCode.BeginningContradicted)
        {
            return "What the kernel has already and what the dependencies ask for are a cycle.";
        }

        (string noun, string below) = _level switch
        {
            DiagnosticCode.SessionCycle => ("session", " The objects have none, the files have none."),
            DiagnosticCode.FileCycle => ("file", " The objects have none."),
            _ => ("object", ""),
        };
        (int members, int acts) = MemberCounts();
        bool isCounted = int.TryParse(
            _diagnostic.Fact("count"), NumberStyles.None, CultureInfo.InvariantCulture, out int together);
        string among = isCounted && together > members ? $", among {together} that wait for one another" : "";
        string withActs = acts == 0 ? "" : $" and {Plural.Of(acts, "act")}";
        return $"A cycle of {Plural.Of(members - acts, noun)}{withActs}{among}.{(isAlone ? below : "")}";
    }

    private static bool IsSession(string name) =>
        name.StartsWith(SessionSet.SessionPrefix, StringComparison.Ordinal);

    // Acts are objects of a set, and neither files nor sessions.
    private (int All, int Acts) MemberCounts()
    {
        HashSet<string> members = [];
        int acts = 0;
        for (int i = 0; i < _cycle.Steps.Length; i++)
        {
            bool isNew = members.Add(First(i));
            acts += isNew && IsAct(_cycle.Steps[i].First) ? 1 : 0;
        }

        return (members.Count, _level is DiagnosticCode.SessionCycle or DiagnosticCode.FileCycle ? acts : 0);
    }

    private bool IsAct(string name) =>
        _graph.Set.TryFind(name, out ObjectId id) && _graph[id].Act is not null;

    private string Of(string name)
    {
        if (!_graph.Set.TryFindEnd(name, out DependencyEnd end))
        {
            return PlainText.Id(name);
        }

        if (_level == DiagnosticCode.SessionCycle)
        {
            return end.IsSession ? _names.Of(end.SessionId)
                : _graph.SessionOf(end.ObjectId) is { } session ? _names.Of(session)
                : _names.Of(end);
        }

        return _level == DiagnosticCode.FileCycle && !end.IsSession && _graph.FileOf(end.ObjectId) is { } file
            ? _names.Of(file)
            : _names.Of(end);
    }
}
