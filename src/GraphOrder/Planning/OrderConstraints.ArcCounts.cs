using System.Runtime.InteropServices;

namespace GraphOrder;

/// <content>How many arcs are to come, so that their lists are made in their length.</content>
internal sealed partial class OrderConstraints
{
    // How many arcs AddPlain adds to each order, counted by the phases that dependencies have.
    private int[] PlainArcCounts()
    {
        Dictionary<(PhaseSet Phases, bool IsInside), int> found = [];
        for (int i = 0; i < _graph.DependencyCount; i++)
        {
            ref readonly Dependency dependency = ref _graph.Dependencies[i];
            if (IsPlain(dependency.Dependent) && IsPlain(dependency.On))
            {
                bool isInside = _layout.SessionOf(dependency.Dependent.ObjectId.Index)
                    == _layout.SessionOf(dependency.On.ObjectId.Index);
                CollectionsMarshal.GetValueRefOrAddDefault(found, (_phases[i], isInside), out _)++;
            }
        }

        int[] counts = new int[_orders.Length];
        foreach (((PhaseSet phases, bool isInside), int count) in found)
        {
            ReadOnlySpan<OrderMask> masks = _lift.Masks(isInside);
            for (int order = 0; order < masks.Length; order++)
            {
                counts[order] += (phases & masks[order].Forward).IsEmpty ? 0 : count;
                counts[order] += (phases & masks[order].Backward).IsEmpty ? 0 : count;
            }
        }

        return counts;
    }
}
