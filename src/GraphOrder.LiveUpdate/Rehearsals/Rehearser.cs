using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Runs an update on simulated kernels, with simulated files for the objects of a set, and checks every
/// dependency at every step against what the kernels did: by code that shares nothing with planner and
/// verifier. Under linux-7.3 every kind of file has a handler that takes it, so that the order is what is
/// tried; under linux-next the handlers of the posted series ask for what they ask. Static members are
/// thread-safe.
/// </summary>
public static class Rehearser
{
    /// <summary>Whether a kernel of these rules can be simulated.</summary>
    public static bool CanRun(KernelPair kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        return kernels.Old.Model.HasRulesOf(LifecycleModel.Linux73)
            && kernels.Next.Model.HasRulesOf(LifecycleModel.Linux73);
    }

    /// <summary>Runs a plan. The steps of a way back that did not come are not in it.</summary>
    /// <param name="graph">The set.</param>
    /// <param name="kernels">The kernels; of Linux rules (<see cref="CanRun"/>).</param>
    /// <param name="plan">A plan of this set.</param>
    /// <param name="options">What goes wrong; null for nothing.</param>
    /// <exception cref="ArgumentException">The plan names what is not in the set, or follows other rules.
    /// </exception>
    public static Rehearsal Run(
        DependencyGraph graph, KernelPair kernels, Plan plan, RehearsalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(plan);
        if (!CanRun(kernels))
        {
            throw new ArgumentException("Only kernels of Linux rules are simulated.", nameof(kernels));
        }

        UpdateOrder order = UpdateOrder.Of(graph, plan);
        return Run(graph, kernels, order, plan.Waived, options ?? RehearsalOptions.Default);
    }

    /// <summary>
    /// Draws orders by lot from all that the declared dependencies allow, and runs each to its end, and once
    /// more with the holder of the sessions killed at a step by lot. Where one breaks on what the set does
    /// not declare, says what it should.
    /// </summary>
    /// <param name="graph">The set.</param>
    /// <param name="kernels">The kernels; of Linux rules (<see cref="CanRun"/>).</param>
    /// <param name="count">How many orders.</param>
    /// <param name="seed">What they follow from.</param>
    /// <param name="waived">Soft dependencies that do not bind, as a plan names them.</param>
    /// <param name="cancellation">Checked between two orders.</param>
    /// <returns>What became of them; null where the dependencies allow no order.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static OrderTrials? Try(
        DependencyGraph graph,
        KernelPair kernels,
        int count,
        ulong seed,
        IReadOnlyList<string>? waived = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        IReadOnlyList<string> given = waived ?? [];
        OrderDraw draw = new(graph, given);
        TrialCounts counts = new(graph, KernelOf(graph, kernels));
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ulong own = unchecked(seed + (ulong)i);
            SplitMix64 numbers = new(own);
            if (draw.Draw(numbers) is not { } order)
            {
                return null;
            }

            Rehearsal whole = Run(graph, kernels, order, given, RehearsalOptions.Default);
            counts.Add(own, order, whole);
            int step = 1 + numbers.Next(whole.Steps.Length);
            counts.AddDeath(Run(graph, kernels, order, given, new RehearsalOptions { KillAt = step }));
        }

        return counts.ToTrials(seed);
    }

    internal static Rehearsal Run(
        DependencyGraph graph,
        KernelPair kernels,
        UpdateOrder order,
        IReadOnlyList<string> waived,
        RehearsalOptions options)
    {
        SimulationOptions kernel = KernelOf(graph, kernels);
        ImmutableArray<(int Dependent, int On, PhaseSet Phases)> world = WorldDependencies.Of(graph);
        DependencyWatch watch = new(graph, waived, world);
        RehearsalRun run = new(graph, order, watch, kernel, options);
        RehearsalOutcome outcome = run.Run();
        List<BrokenDependency> broken = watch.Broken;
        if (outcome == RehearsalOutcome.Finished && options.KillAt is null)
        {
            // The way back, which this update did not take.
            DependencyWatch back = new(graph, waived, world);
            new RehearsalRun(graph, order, back, kernel, RehearsalOptions.Default).RunBack();
            broken.AddRange(back.Broken.Where(found => found.Phase is Phase.Unfreeze or Phase.Unpreserve));
        }

        return new Rehearsal(graph.Set, kernels.ModelName)
        {
            Outcome = outcome,
            Steps = [.. run.Steps],
            Events = [.. run.Events],
            Broken = [.. broken],
            Lost = Lost(watch, run.Events),
            Unfinished = [.. run.Unfinished],
        };
    }

    private static SimulationOptions KernelOf(DependencyGraph graph, KernelPair kernels)
    {
        List<ObjectKind> kinds = [];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            PreservedObject file = graph[new ObjectId(i)];
            if (file.IsFile && file.Kind != ObjectKind.Memfd && !kinds.Contains(file.Kind))
            {
                kinds.Add(file.Kind);
            }
        }

        return new SimulationOptions
        {
            Handlers = kinds,
            TakesEverything = !kernels.Old.EnforcesRules,
            DescriptorLimit = int.MaxValue,
        };
    }

    private static ImmutableArray<ObjectId> Lost(
        DependencyWatch watch, IReadOnlyList<SimulationEvent> events)
    {
        SortedSet<int> lost = [];
        foreach (SimulationEvent found in events)
        {
            bool isLost = found.Kind == SimulationEventKind.Discard
                || (found.Kind == SimulationEventKind.Retrieve && found.Error != Errno.None);
            if (isLost && watch.FileOf(found) is var file and >= 0)
            {
                lost.Add(file);
            }
        }

        return [.. lost.Select(static file => new ObjectId(file))];
    }
}
