namespace GraphOrder;

/// <content>What dependencies between files put on the orders, a whole column at a time.</content>
internal sealed partial class OrderConstraints
{
    /// <summary>
    /// Whether something may connect files of one session with those of another. False is certain.
    /// </summary>
    public bool MayConnectSessions(int order)
    {
        if (!_lifted.Others.IsEmpty || _acts.Of(order).Length > 0)
        {
            return true;
        }

        OrderMask between = _lift.Masks(false)[order];
        for (int found = 0; found < LiftedDependencies.ClassCount; found++)
        {
            PhaseSet phases = LiftedDependencies.PhasesOf(found);
            if (!LiftedDependencies.IsInside(found) && _lifted.CountOf(found) > 0
                && !(phases & (between.Forward | between.Backward)).IsEmpty)
            {
                return true;
            }
        }

        return order == _lift.PreserveOrder && HasPreserved();
    }

    /// <summary>
    /// Orders files straight from the columns, without making their arcs: where nothing else has a say, and
    /// the document names what is needed first. O(V + E).
    /// </summary>
    /// <returns>Whether it could; if not, what the order must respect tells.</returns>
    public bool TryOrderFiles(int order, PrecedenceOrder answer)
    {
        if (!IsOfFilesAlone(order))
        {
            return false;
        }

        Span<bool> binds = stackalloc bool[LiftedDependencies.ClassCount];
        for (int found = 0; found < LiftedDependencies.ClassCount; found++)
        {
            OrderMask mask = _lift.Masks(LiftedDependencies.IsInside(found))[order];
            PhaseSet phases = LiftedDependencies.PhasesOf(found);
            binds[found] = !(phases & mask.Forward).IsEmpty;
            if (_lifted.CountOf(found) > 0 && !(phases & mask.Backward).IsEmpty)
            {
                return false;
            }
        }

        return answer.TrySweep(_layout.FileCount, _lifted, binds);
    }

    // Dependencies of a class differ in their number alone.
    private static ArcLabel? LabelOf(PhaseSet phases, bool isForward) =>
        phases.IsEmpty ? null : ArcLabel.Of(0, phases.First, isForward);

    private void AddBetweenFiles(int order, PrecedenceGraph constraints)
    {
        Span<ArcLabel?> forward = stackalloc ArcLabel?[LiftedDependencies.ClassCount];
        Span<ArcLabel?> backward = stackalloc ArcLabel?[LiftedDependencies.ClassCount];
        int count = 0;
        for (int found = 0; found < LiftedDependencies.ClassCount; found++)
        {
            int each = _lifted.CountOf(found);
            OrderMask mask = _lift.Masks(LiftedDependencies.IsInside(found))[order];
            PhaseSet phases = LiftedDependencies.PhasesOf(found);
            forward[found] = LabelOf(phases & mask.Forward, isForward: true);
            backward[found] = LabelOf(phases & mask.Backward, isForward: false);
            count += (forward[found] is null ? 0 : each) + (backward[found] is null ? 0 : each);
        }

        constraints.Begin(_acts.StepCount(order), count);
        if (count == 0)
        {
            return;
        }

        OrderUnit unit = _lift.Orders[order].Unit;
        ReadOnlySpan<byte> classes = _lifted.Classes;
        ReadOnlySpan<int> dependents = _lifted.Dependents;
        ReadOnlySpan<int> ons = _lifted.Ons;
        for (int i = 0; i < classes.Length; i++)
        {
            int found = classes[i];
            if (found >= LiftedDependencies.ClassCount || (forward[found] ?? backward[found]) is null)
            {
                continue;
            }

            (int dependent, int on) = unit switch
            {
                OrderUnit.Files => (dependents[i], ons[i]),
                OrderUnit.Sessions => (_layout.SessionOfFile[dependents[i]], _layout.SessionOfFile[ons[i]]),
                _ => (MovableOf(_graph.Dependencies[i].Dependent), MovableOf(_graph.Dependencies[i].On)),
            };
            if (forward[found] is { } needed)
            {
                constraints.AddArc(on, dependent, needed.With(i));
            }

            if (backward[found] is { } needing)
            {
                constraints.AddArc(dependent, on, needing.With(i));
            }
        }
    }

    // The first order that puts the same files one after another for the same reasons; the order itself where
    // there is none. Only where nothing but files has a say.
    private int TwinOf(int order)
    {
        if (!IsOfFilesAlone(order))
        {
            return order;
        }

        for (int other = 0; other < order; other++)
        {
            if (_twins[other] == other && IsOfFilesAlone(other) && AreAlike(order, other))
            {
                return other;
            }
        }

        return order;
    }

    private bool IsOfFilesAlone(int order) =>
        _lift.Orders[order].Unit == OrderUnit.Files
        && _lifted.Others.IsEmpty
        && _acts.Of(order).Length == 0
        && !(order == _lift.PreserveOrder && HasPreserved());

    private bool AreAlike(int order, int other)
    {
        for (int found = 0; found < LiftedDependencies.ClassCount; found++)
        {
            PhaseSet phases = LiftedDependencies.PhasesOf(found);
            ReadOnlySpan<OrderMask> masks = _lift.Masks(LiftedDependencies.IsInside(found));
            if (_lifted.CountOf(found) > 0
                && ((phases & masks[order].Forward).IsEmpty != (phases & masks[other].Forward).IsEmpty
                    || (phases & masks[order].Backward).IsEmpty != (phases & masks[other].Backward).IsEmpty))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasPreserved()
    {
        foreach (SessionEntry entry in _graph.Set.Sessions)
        {
            if (entry.Preserved.Length > 0)
            {
                return true;
            }
        }

        return false;
    }
}
