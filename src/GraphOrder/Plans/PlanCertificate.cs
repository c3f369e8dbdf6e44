using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What a plan must be held against so that it can be checked without its set and without trusting whoever
/// made it: what lives where, what the kernel has already, every dependency with its phases, and the rules
/// of a model that has no name in the contract. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// It proves that the plan is legal for what it says itself. That it says what the set says is for the
/// digest of the set to tell, or for <c>PlanVerifier</c> with the set at hand.
/// </remarks>
public sealed class PlanCertificate
{
    internal PlanCertificate(SessionSet set, ImmutableArray<PhaseRule> rules)
    {
        Set = set;
        Rules = rules;
    }

    /// <summary>
    /// The set reduced to what orders it: sessions with their beginnings, objects with their places and
    /// tokens, acts with their phases, and every dependency expanded, each with its phases. It has no digest
    /// of its own to compare.
    /// </summary>
    public SessionSet Set { get; }

    /// <summary>
    /// The rules of the six phases in phase order; default where the plan's models are built in.
    /// </summary>
    public ImmutableArray<PhaseRule> Rules { get; }

    /// <summary>What a plan of a graph for two kernels must be held against. O(V + E).</summary>
    public static PlanCertificate Of(DependencyGraph graph, KernelPair kernels)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        SessionSet set = graph.Set;
        PreservedObject[] objects = new PreservedObject[graph.ObjectCount];
        for (int i = 0; i < objects.Length; i++)
        {
            PreservedObject found = set.Objects[i];
            ulong? token = found.IsFile ? graph.TokenOf(new ObjectId(i)) : null;
            ObjectFacts? facts = found.Act is { } act ? new ObjectFacts { Act = act } : null;
            objects[i] = new PreservedObject(found.Kind, found.Session, found.Carrier, token, facts);
        }

        SessionEntry[] sessions = new SessionEntry[graph.SessionCount];
        for (int i = 0; i < sessions.Length; i++)
        {
            SessionEntry found = set.Sessions[i];
            sessions[i] = new SessionEntry(found.Name)
            {
                Created = found.Created,
                Preserved = found.Preserved,
            };
        }

        DeclaredDependency[] dependencies = new DeclaredDependency[graph.DependencyCount];
        for (int i = 0; i < dependencies.Length; i++)
        {
            dependencies[i] = Declared(graph.Dependencies[i]);
        }

        return new PlanCertificate(
            new SessionSet(set.Ids, set.SessionNames)
            {
                SourceName = set.SourceName,
                Sessions = ImmutableArray.Create(sessions),
                Objects = ImmutableArray.Create(objects),
                Dependencies = ImmutableArray.Create(dependencies),
            },
            RulesOf(kernels));
    }

    /// <summary>
    /// The kernels that a plan with this certificate follows; null where its models are neither built in
    /// nor described here.
    /// </summary>
    /// <param name="modelName">The plan's model: one name, or <c>OLD:NEW</c>.</param>
    public KernelPair? KernelsOf(string modelName)
    {
        ArgumentNullException.ThrowIfNull(modelName);
        if (Rules.IsDefault)
        {
            return KernelPair.TryFindByModel(modelName, out KernelPair? builtIn) ? builtIn : null;
        }

        string[] names = modelName.Split(':', 2);
        if (!LifecycleModel.IsName(names[0]) || !LifecycleModel.IsName(names[^1]))
        {
            return null;
        }

        LifecycleModel old = new(names[0], Rules.AsSpan());
        return new KernelPair(
            KernelProfile.Of(old),
            KernelProfile.Of(names.Length == 1 ? old : new LifecycleModel(names[1], Rules.AsSpan())));
    }

    private static DeclaredDependency Declared(in Dependency dependency)
    {
        bool isSoft = dependency.Strength == DependencyStrength.Soft;
        return new DeclaredDependency(dependency.Dependent, dependency.On, default)
        {
            Phases = dependency.Phases,
            Strength = isSoft ? DependencyStrength.Soft : null,
            Weight = isSoft ? dependency.Weight : null,
        };
    }

    private static ImmutableArray<PhaseRule> RulesOf(KernelPair kernels)
    {
        bool isKnown = KernelPair.TryFindByModel(kernels.ModelName, out KernelPair? builtIn);
        PhaseRule[] rules = new PhaseRule[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            rules[(int)phase] = kernels[phase];
            isKnown = isKnown && builtIn![phase] == kernels[phase];
        }

        return isKnown ? default : ImmutableArray.Create(rules);
    }
}
