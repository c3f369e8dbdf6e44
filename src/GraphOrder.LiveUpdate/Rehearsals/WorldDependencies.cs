using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>What maps what, whether the set declares it or not: areas of address spaces, walked page
/// tables.</summary>
internal static class WorldDependencies
{
    // A device writes through the mapping until what holds it is finished, or unpreserved.
    private static PhaseSet Held => PhaseSet.Of(Phase.Finish);

    /// <summary>Pairs that no declared dependency covers, as indexes of objects.</summary>
    public static ImmutableArray<(int Dependent, int On, PhaseSet Phases)> Of(DependencyGraph graph)
    {
        ImmutableArray<(int, int, PhaseSet)>.Builder pairs =
            ImmutableArray.CreateBuilder<(int, int, PhaseSet)>();
        HashSet<(int, int)> seen = [];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            foreach (IoasArea area in graph[new ObjectId(i)].Facts.Areas)
            {
                Add(new ObjectId(i), area.File);
            }
        }

        foreach (WalkedDomain walked in graph.Set.Walked)
        {
            foreach (MappedOwner owner in walked.Owners)
            {
                Add(walked.Domain, owner.Memfd);
            }
        }

        return pairs.ToImmutable();

        void Add(ObjectId dependent, ObjectId on)
        {
            PhaseSet phases = Held - Declared(graph, dependent, on);
            if (!phases.IsEmpty && seen.Add((dependent.Index, on.Index)))
            {
                pairs.Add((dependent.Index, on.Index, phases));
            }
        }
    }

    private static PhaseSet Declared(DependencyGraph graph, ObjectId dependent, ObjectId on)
    {
        PhaseSet phases = PhaseSet.None;
        foreach (Dependency dependency in graph.DependenciesOf(dependent))
        {
            phases |= dependency.On == on ? dependency.Phases : PhaseSet.None;
        }

        return phases;
    }
}
