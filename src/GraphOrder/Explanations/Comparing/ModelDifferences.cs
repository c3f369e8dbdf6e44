using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// For each pair of lifecycle models the smallest set that is legal in one and not in the other, found by
/// looking at every set up to a size, smaller ones first; the same for the push gate. Thread-safe.
/// </summary>
/// <remarks>
/// All dependencies of a set bind in the same phases: in all but unfreeze, in a single one, or in all six.
/// No set has more dependencies than objects, and none is missed by that: what a model refuses it refuses
/// for one closed walk, a shortest one enters each object once, and what is legal stays legal with a
/// dependency less. A kernel that wants two files in one session refuses for a single dependency in the same
/// way, so only sets of one dependency are looked at with the kinds of the rule table. Objects that the
/// kernel moves are left out.
/// </remarks>
public static class ModelDifferences
{
    /// <summary>The greatest number of objects that is looked at.</summary>
    public const int ObjectsMax = 4;

    /// <summary>The greatest number of sessions that is looked at.</summary>
    public const int SessionsMax = 3;

    private static readonly PhaseSet[] PhaseSets =
    [
        PhaseSet.Default,
        .. Phases.All.ToArray().Select(static phase => PhaseSet.Of(phase)),
        PhaseSet.All,
    ];

    /// <summary>Looks for the smallest set for each ordered pair.</summary>
    /// <param name="models">The models; the push gate is compared with each.</param>
    /// <param name="cancellation">Checked for each graph.</param>
    /// <returns>
    /// One entry for each ordered pair of models, then for the gate against each and each against the gate.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<ModelDifference> Find(
        ImmutableArray<LifecycleModel> models, CancellationToken cancellation = default)
    {
        Search search = new(models);
        for (int objects = 2; objects <= ObjectsMax && search.IsOpen; objects++)
        {
            TinyHost[] hosts = [.. TinyHost.All(objects)];
            for (int dependencies = 1; dependencies <= objects; dependencies++)
            {
                foreach (TinyHost host in hosts)
                {
                    LookAt(search, host, dependencies, cancellation);
                }
            }
        }

        ImmutableArray<ModelDifference>.Builder found = search.ToDifferences();
        AddGate(found, models);
        return found.DrainToImmutable();
    }

    private static void LookAt(
        Search search, TinyHost host, int dependencies, CancellationToken cancellation)
    {
        foreach (int graph in host.Graphs(dependencies))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (PhaseSet phases in PhaseSets)
            {
                search.Judge(host.ToSet(graph, phases), isPlain: true);
                foreach (ObjectKind[] kinds in dependencies == 1 ? KindsOf(host, graph) : [])
                {
                    search.Judge(host.ToSet(graph, phases, kinds), isPlain: false);
                }
            }
        }
    }

    // The kinds of the rows that want both files in one session.
    private static IEnumerable<ObjectKind[]> KindsOf(TinyHost host, int graph)
    {
        (int dependent, int on) = host.Pairs[System.Numerics.BitOperations.TrailingZeroCount(graph)];
        if (!host.IsFile(dependent) || !host.IsFile(on))
        {
            yield break;
        }

        foreach (DependencyRule row in DependencyRules.Rows)
        {
            foreach (ObjectKind needing in row.Presence is null ? [] : row.Dependents)
            {
                foreach (ObjectKind needed in row.On)
                {
                    if (KernelProfile.LinuxNext.Handles(needing) && KernelProfile.LinuxNext.Handles(needed))
                    {
                        ObjectKind[] kinds = new ObjectKind[host.ObjectCount];
                        Array.Fill(kinds, ObjectKind.File);
                        kinds[dependent] = needing;
                        kinds[on] = needed;
                        yield return kinds;
                    }
                }
            }
        }
    }

    private static void AddGate(
        ImmutableArray<ModelDifference>.Builder found, ImmutableArray<LifecycleModel> models)
    {
        SessionSet[] sets = [.. GateSets()];
        foreach (LifecycleModel model in models)
        {
            KernelPair kernels = KernelPair.Of(model);
            SessionSet? gateAlone = Array.Find(sets, set => IsAdmitted(set) && !IsLegal(set, kernels));
            SessionSet? modelAlone = Array.Find(sets, set => !IsAdmitted(set) && IsLegal(set, kernels));
            found.Add(new ModelDifference(PushRule.Name, model.Name, gateAlone));
            found.Add(new ModelDifference(model.Name, PushRule.Name, modelAlone));
        }
    }

    // An HWPT and its IOAS in an iommufd, and a memfd that the IOAS maps: the only sets of four objects whose
    // dependencies are HWPT -> IOAS -> file.
    private static IEnumerable<SessionSet> GateSets()
    {
        for (int sessions = 1; sessions <= 2; sessions++)
        {
            foreach (PhaseSet phases in PhaseSets)
            {
                DependencyGraphBuilder builder = new();
                builder.AddSession("s1", out SessionId first);
                SessionId second = first;
                _ = sessions == 2 ? builder.AddSession("s2", out second) : builder;
                yield return builder
                    .AddFile(first, "iommufd", ObjectKind.Iommufd, out ObjectId iommufd)
                    .AddFile(second, "memfd", ObjectKind.Memfd, out ObjectId memfd)
                    .AddObject(iommufd, "ioas", ObjectKind.Ioas, out ObjectId ioas)
                    .AddObject(iommufd, "hwpt", ObjectKind.Hwpt, out ObjectId hwpt)
                    .AddDependency(hwpt, on: ioas, phases)
                    .AddDependency(ioas, on: memfd, phases)
                    .BuildSet();
            }
        }
    }

    private static bool IsAdmitted(SessionSet set) => PushRule.Admits(DependencyGraph.Of(set));

    private static bool IsLegal(SessionSet set, KernelPair kernels) => Planner.Plan(set, kernels).IsLegal;

    /// <summary>The pairs that no set tells apart yet.</summary>
    private sealed class Search
    {
        private readonly ImmutableArray<LifecycleModel> _models;
        private readonly KernelPair[] _kernels;
        private readonly int[] _alike;
        private readonly SessionSet?[,] _found;
        private readonly bool[] _verdicts;

        public Search(ImmutableArray<LifecycleModel> models)
        {
            _models = models;
            _kernels = [.. models.Select(static model => KernelPair.Of(model))];
            _found = new SessionSet?[models.Length, models.Length];
            _verdicts = new bool[models.Length];

            // Plain files are refused for their order alone, so models of the same rules judge them alike.
            _alike = [.. models.Select(model => models.IndexOf(models.First(model.HasRulesOf)))];
        }

        public bool IsOpen => _models.Length > 1;

        public void Judge(SessionSet set, bool isPlain)
        {
            for (int i = 0; i < _verdicts.Length; i++)
            {
                _verdicts[i] = isPlain && _alike[i] < i ? _verdicts[_alike[i]] : IsLegal(set, _kernels[i]);
            }

            for (int legal = 0; legal < _verdicts.Length; legal++)
            {
                for (int illegal = 0; illegal < _verdicts.Length; illegal++)
                {
                    if (_verdicts[legal] && !_verdicts[illegal])
                    {
                        _found[legal, illegal] ??= set;
                    }
                }
            }
        }

        public ImmutableArray<ModelDifference>.Builder ToDifferences()
        {
            ImmutableArray<ModelDifference>.Builder differences =
                ImmutableArray.CreateBuilder<ModelDifference>();
            for (int legal = 0; legal < _models.Length; legal++)
            {
                for (int illegal = 0; illegal < _models.Length; illegal++)
                {
                    if (legal != illegal)
                    {
                        differences.Add(new ModelDifference(
                            _models[legal].Name, _models[illegal].Name, _found[legal, illegal]));
                    }
                }
            }

            return differences;
        }
    }
}
