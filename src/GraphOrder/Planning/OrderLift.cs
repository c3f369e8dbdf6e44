using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Which named order a dependency of a phase constrains, and which way round: the lifecycle models of two
/// kernels, read once and turned into masks. Immutable.
/// </summary>
internal sealed class OrderLift
{
    private readonly KernelPair _kernels;
    private readonly List<NamedOrder> _orders = [];
    private readonly OrderUse?[] _inside = new OrderUse?[Phases.Count];
    private readonly OrderUse?[] _between = new OrderUse?[Phases.Count];
    private readonly OrderMask[] _insideMasks;
    private readonly OrderMask[] _betweenMasks;

    public OrderLift(KernelPair kernels)
    {
        _kernels = kernels;
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            _between[(int)phase] = Between(rule);
            _inside[(int)phase] = Inside(rule);
        }

        _insideMasks = MasksOf(true);
        _betweenMasks = MasksOf(false);
        SessionOrders = kernels.NamedOrders;
        ModelName = kernels.ModelName;
        SessionsFirst =
        [
            .. NumbersOf(areOfSessions: true),
            .. NumbersOf(areOfSessions: false),
        ];
    }

    /// <summary>The kernels.</summary>
    public KernelPair Kernels => _kernels;

    /// <summary>The orders of sessions that the six phases name, each once, in phase order.</summary>
    public ImmutableArray<SessionOrder> SessionOrders { get; }

    /// <summary>The model as documents name it: one name, or <c>OLD:NEW</c> where they differ.</summary>
    public string ModelName { get; }

    /// <summary>
    /// The numbers of the orders, those of sessions first: they say which kernel-moved objects fall inside
    /// which session.
    /// </summary>
    public ImmutableArray<int> SessionsFirst { get; }

    /// <summary>The named orders; a number of one is its place here.</summary>
    public ReadOnlySpan<NamedOrder> Orders => CollectionsMarshal.AsSpan(_orders);

    /// <summary>The number of the order in which files or objects are preserved.</summary>
    public int PreserveOrder => _between[(int)Phase.Preserve]!.Value.Order;

    /// <summary>The number of an order; -1 where there is none such.</summary>
    public int NumberOf(NamedOrder order) => _orders.IndexOf(order);

    /// <summary>
    /// The order that a dependency of a phase constrains, and whether the needed end goes first in it; null
    /// where the phase leaves nothing to order.
    /// </summary>
    public OrderUse? Of(Phase phase, bool isInsideSession) =>
        (isInsideSession ? _inside : _between)[(int)phase];

    /// <summary>Whether a phase takes whole sessions one after another.</summary>
    public bool IsBySession(Phase phase) => !_kernels[phase].Between.IsInterleaved;

    /// <summary>Whether a phase runs its order of sessions from the last to the first.</summary>
    public bool IsBackward(Phase phase) => IsBySession(phase) && _kernels[phase].IsBackward;

    /// <summary>Whether an act may stand in a phase.</summary>
    public bool TakesActs(Phase phase) => _kernels[phase].TakesActs;

    /// <summary>The masks of all orders for ends in one session, or in two.</summary>
    public ReadOnlySpan<OrderMask> Masks(bool isInsideSession) =>
        isInsideSession ? _insideMasks : _betweenMasks;

    private List<int> NumbersOf(bool areOfSessions)
    {
        List<int> numbers = [];
        for (int order = 0; order < _orders.Count; order++)
        {
            if (_orders[order].Unit == OrderUnit.Sessions == areOfSessions)
            {
                numbers.Add(order);
            }
        }

        return numbers;
    }

    private PhaseSet PhasesOf(int order, bool isForward, bool isInsideSession)
    {
        PhaseSet phases = PhaseSet.None;
        foreach (Phase phase in Phases.All)
        {
            bool isSo = Of(phase, isInsideSession) == new OrderUse(order, isForward);
            phases = isSo ? phases.With(phase) : phases;
        }

        return phases;
    }

    private OrderMask[] MasksOf(bool isInsideSession)
    {
        OrderMask[] masks = new OrderMask[_orders.Count];
        for (int order = 0; order < masks.Length; order++)
        {
            masks[order] = new OrderMask(
                PhasesOf(order, true, isInsideSession),
                PhasesOf(order, false, isInsideSession));
        }

        return masks;
    }

    private OrderUse? Inside(PhaseRule rule) => rule.Inside switch
    {
        InsideSession.Chosen => Chosen(rule),
        InsideSession.PreserveForward => Preserved(rule.Phase.NeededGoesFirst()),
        InsideSession.PreserveBackward => Preserved(!rule.Phase.NeededGoesFirst()),
        _ => null,
    };

    private OrderUse? Between(PhaseRule rule) =>
        !rule.Between.IsInterleaved
            ? new OrderUse(
                Number(NamedOrder.Of(rule.Between)), rule.Phase.NeededGoesFirst() != rule.IsBackward)
            : Inside(rule);

    private OrderUse Chosen(PhaseRule rule) => new(
        Number(rule.Unit == StepUnit.Object
            ? NamedOrder.OfObjects(rule.Phase)
            : NamedOrder.OfFiles(rule.Phase)),
        rule.Phase.NeededGoesFirst());

    private OrderUse Preserved(bool isForward) => new(Number(NamedOrder.OfFiles(Phase.Preserve)), isForward);

    private int Number(NamedOrder order)
    {
        int number = _orders.IndexOf(order);
        if (number < 0)
        {
            number = _orders.Count;
            _orders.Add(order);
        }

        return number;
    }
}

/// <summary>The number of an order, and whether the needed end goes first in it.</summary>
internal readonly record struct OrderUse(int Order, bool IsForward);

/// <summary>
/// The phases that put the needed end first in an order, and those that put the needing one first.
/// </summary>
internal readonly record struct OrderMask(PhaseSet Forward, PhaseSet Backward);
