namespace GraphOrder;

/// <summary>
/// Which named order a dependency of a phase constrains, and which way round: the lifecycle models of two
/// kernels, read once and turned into masks. Immutable.
/// </summary>
internal sealed class OrderLift
{
    private const int OrderCount = 5;

    private readonly (NamedOrder Order, bool IsForward)?[] _inside = new (NamedOrder, bool)?[Phases.Count];
    private readonly (NamedOrder Order, bool IsForward)?[] _between = new (NamedOrder, bool)?[Phases.Count];

    public OrderLift(KernelPair kernels)
    {
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            _inside[(int)phase] = Inside(phase, rule);
            _between[(int)phase] = Between(phase, rule);
        }
    }

    /// <summary>The named orders.</summary>
    public static ReadOnlySpan<NamedOrder> Orders =>
        [NamedOrder.Files, NamedOrder.Retrieve, NamedOrder.Create, NamedOrder.Close, NamedOrder.Finish];

    /// <summary>
    /// The order that a dependency of a phase constrains, and whether the needed end goes first in it; null
    /// where the phase leaves nothing to order.
    /// </summary>
    public (NamedOrder Order, bool IsForward)? Of(Phase phase, bool isInsideSession) =>
        (isInsideSession ? _inside : _between)[(int)phase];

    /// <summary>Whether a phase takes whole sessions one after another.</summary>
    public bool IsBySession(Phase phase) => Of(phase, false) is { Order: >= NamedOrder.Create };

    /// <summary>The phases that constrain an order one way round.</summary>
    public PhaseSet PhasesOf(NamedOrder order, bool isForward, bool isInsideSession)
    {
        PhaseSet phases = PhaseSet.None;
        foreach (Phase phase in Phases.All)
        {
            phases = Of(phase, isInsideSession) == (order, isForward) ? phases.With(phase) : phases;
        }

        return phases;
    }

    /// <summary>All phases that constrain an order.</summary>
    public PhaseSet PhasesOf(NamedOrder order) =>
        PhasesOf(order, true, true) | PhasesOf(order, false, true)
        | PhasesOf(order, true, false) | PhasesOf(order, false, false);

    /// <summary>The masks of all orders for ends in one session, or in two.</summary>
    public OrderMask[] Masks(bool isInsideSession)
    {
        OrderMask[] masks = new OrderMask[OrderCount];
        foreach (NamedOrder order in Orders)
        {
            masks[(int)order] = new OrderMask(
                PhasesOf(order, true, isInsideSession),
                PhasesOf(order, false, isInsideSession));
        }

        return masks;
    }

    private static (NamedOrder Order, bool IsForward)? Inside(Phase phase, PhaseRule rule) =>
        rule.Inside switch
        {
            InsideSession.Chosen => (Chosen(phase), phase.NeededGoesFirst()),
            InsideSession.PreserveForward => (NamedOrder.Files, phase.NeededGoesFirst()),
            InsideSession.PreserveBackward => (NamedOrder.Files, !phase.NeededGoesFirst()),
            _ => null,
        };

    private static (NamedOrder Order, bool IsForward)? Between(Phase phase, PhaseRule rule) =>
        rule.Between switch
        {
            SessionOrder.Create => (NamedOrder.Create, phase.NeededGoesFirst() != rule.IsBackward),
            SessionOrder.Close => (NamedOrder.Close, phase.NeededGoesFirst() != rule.IsBackward),
            SessionOrder.Finish => (NamedOrder.Finish, phase.NeededGoesFirst() != rule.IsBackward),
            _ => (Chosen(phase), phase.NeededGoesFirst()),
        };

    private static NamedOrder Chosen(Phase phase) =>
        phase.IsInNewKernel() ? NamedOrder.Retrieve : NamedOrder.Files;
}

/// <summary>
/// The phases that put the needed end first in an order, and those that put the needing one first.
/// </summary>
internal readonly record struct OrderMask(PhaseSet Forward, PhaseSet Backward);
