namespace GraphOrder.Reports;

/// <summary>Tells a dependency that stands in the way: in objects, with every step and who declared it.
/// </summary>
internal sealed class UnmetText
{
    private readonly DependencyGraph _graph;
    private readonly HostState _state;
    private readonly ReportNames _names;
    private readonly string _setName;

    public UnmetText(DependencyGraph graph, HostState state, ReportNames names, string setName)
    {
        _graph = graph;
        _state = state;
        _names = names;
        _setName = setName;
    }

    /// <summary>
    /// <c>a (failed) needs x, which needs b; declared by vmm: "why" (set.json:12)</c>.
    /// </summary>
    public string Of(UnmetDependency unmet)
    {
        string text = $"{_names.Of(unmet.Dependent)}{StateOf(unmet.Dependent)} needs ";
        foreach (ObjectId through in unmet.Through)
        {
            text += $"{_names.Of(through)}, which the kernel moves and which needs ";
        }

        return text + _names.Of(unmet.On) + Origin(unmet);
    }

    private string StateOf(DependencyEnd end)
    {
        string state = end.IsSession ? _state[end.SessionId].Name() : _state[end.ObjectId].Name();
        bool isCarried = !end.IsSession && _graph[end.ObjectId].Carrier is not null;
        bool isKernels = !end.IsSession && _graph[end.ObjectId].IsMovedByKernel;
        return isKernels ? ""
            : isCarried ? $" (in {_names.Of(_graph.FileOf(end.ObjectId)!.Value)}, {state})"
            : $" ({state})";
    }

    private string Origin(UnmetDependency unmet)
    {
        DependencyEnd next = unmet.Through.IsEmpty ? unmet.On : unmet.Through[0];
        foreach (Dependency found in _graph.DependenciesOf(unmet.Dependent))
        {
            if (found.On == next && found.Phases.Contains(unmet.Phase))
            {
                DependencyOrigin origin = found.Origin;
                string place = origin.Location.IsKnown
                    ? $" ({PlainText.Whole(_setName)}:{origin.Location.Line})"
                    : "";
                string why = origin.Why is { } reason ? $": {PlainText.Quoted(reason)}" : "";
                return origin.DeclaredBy is { } who
                    ? $"; declared by {PlainText.Id(who)}{why}{place}"
                    : place;
            }
        }

        return "";
    }
}
