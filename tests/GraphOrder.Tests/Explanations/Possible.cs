using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Explanations;

/// <summary>What brute force over a model's own rules says can be, for one small set.</summary>
internal sealed class Possible
{
    private readonly BruteForce _force;
    private readonly (int Dependent, int On, PhaseSet Phases)[] _dependencies;

    public Possible(DependencyGraph graph, ModelText model)
    {
        _force = new BruteForce(graph.Set, model);
        _dependencies = [.. graph.Dependencies.ToArray().Select(
            found => (_force.Item(found.Dependent), _force.Item(found.On), found.Phases))];
    }

    /// <summary>Whether there is a legal order at all.</summary>
    public bool IsLegal => _force.IsLegal(_dependencies);

    /// <summary>
    /// Whether some legal order has one end before another in a phase, some dependencies left out.
    /// </summary>
    public bool CanPrecede(DependencyEnd first, DependencyEnd then, Phase phase, ulong without = 0)
    {
        (DependencyEnd dependent, DependencyEnd on) = phase.NeededGoesFirst() ? (then, first) : (first, then);
        return _force.IsLegal(
        [
            .. _dependencies.Where((_, i) => (without & (1UL << i)) == 0),
            (_force.Item(dependent), _force.Item(on), PhaseSet.Of(phase)),
        ]);
    }
}
