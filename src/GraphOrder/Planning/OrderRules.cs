namespace GraphOrder;

/// <summary>
/// Which phases say that one vertex of a named order goes before another, and by which rule.
/// </summary>
internal sealed class OrderRules
{
    private readonly DependencyGraph _graph;
    private readonly FileLayout _layout;
    private readonly OrderLift _lift;
    private readonly PhaseSet[] _phases;
    private readonly KernelPair _kernels;

    public OrderRules(DependencyGraph graph, FileLayout layout, OrderLift lift, PhaseSet[] phases)
    {
        _graph = graph;
        _layout = layout;
        _lift = lift;
        _phases = phases;
        _kernels = lift.Kernels;
    }

    /// <summary>The phases in which the arc's dependency puts the same end first as the arc does.</summary>
    public PhaseSet PhasesOf(int order, ArcLabel label)
    {
        Dependency dependency = _graph.Dependencies[label.Dependency];
        PhaseSet alike = PhaseSet.None;
        bool isInside = _lift.Orders[order].Unit != OrderUnit.Sessions && AreInOneSession(dependency);
        foreach (Phase phase in _phases[label.Dependency])
        {
            OrderUse use = new(order, label.IsForward);
            bool isAlike = phase == label.Phase || _lift.Of(phase, isInside) == use;
            alike = isAlike ? alike.With(phase) : alike;
        }

        return alike;
    }

    /// <summary>The model's rule by which an arc of a named order must be so.</summary>
    public CycleRule RuleOf(int order, ArcLabel label)
    {
        if (label.IsFixed)
        {
            return CycleRule.FixedBeginning;
        }

        Phase phase = label.Phase;
        if (_lift.Orders[order].Unit == OrderUnit.Sessions)
        {
            return CycleRule.SessionBySession;
        }

        return _kernels[phase].Inside switch
        {
            InsideSession.PreserveForward => CycleRule.PreserveOrder,
            InsideSession.PreserveBackward => CycleRule.ReversePreserveOrder,
            _ => phase.NeededGoesFirst() ? CycleRule.NeededFirst : CycleRule.NeedingFirst,
        };
    }

    private bool AreInOneSession(Dependency dependency) =>
        !dependency.Dependent.IsSession
        && !dependency.On.IsSession
        && _layout.SessionOf(dependency.Dependent.ObjectId.Index)
            == _layout.SessionOf(dependency.On.ObjectId.Index);
}
