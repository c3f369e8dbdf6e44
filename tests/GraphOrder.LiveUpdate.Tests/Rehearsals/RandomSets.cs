using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate.Tests.Rehearsals;

/// <summary>Small sets by seed: sessions, files, what they carry, acts, what the kernel moves, dependencies
/// of any kind, hard and soft, and waivers of some soft ones.</summary>
internal static class RandomSets
{
    public static DependencyGraph Make(ulong seed, bool carries, out ImmutableArray<Waiver> waivers)
    {
        SplitMix64 numbers = new(seed);
        DependencyGraphBuilder builder = new();
        List<SessionId> sessions = [];
        List<ObjectId> files = [];
        List<(DependencyEnd End, int Session)> ends = [];
        int sessionCount = 1 + numbers.Next(3);
        for (int i = 0; i < sessionCount; i++)
        {
            builder.AddSession($"s{i}", out SessionId session);
            sessions.Add(session);
            int count = 1 + numbers.Next(3);
            for (int j = 0; j < count; j++)
            {
                ObjectKind kind = numbers.Next(3) == 0 ? ObjectKind.File : ObjectKind.Memfd;
                builder.AddFile(session, $"s{i}/f{j}", kind, out ObjectId file);
                files.Add(file);
                ends.Add((file, i));
                if (carries && numbers.Next(4) == 0)
                {
                    builder.AddObject(file, $"s{i}/f{j}/o", ObjectKind.Custom("x-part"), out ObjectId part);
                    ends.Add((part, i));
                }
            }

            if (numbers.Next(3) == 0)
            {
                Phase phase = numbers.Next(2) == 0 ? Phase.Preserve : Phase.Retrieve;
                builder.AddAct(session, $"s{i}/act", phase, out ObjectId act);
                ends.Add((act, i));
            }
        }

        // Not both: what a session needs of itself through the kernel is nothing that an order could say.
        if (numbers.Next(3) == 0)
        {
            builder.AddKernelObject("flb", ObjectKind.Flb, out ObjectId flb);
            ends.Add((flb, -1));
        }
        else if (sessionCount > 1 && numbers.Next(2) == 0)
        {
            int chosen = numbers.Next(sessionCount);
            ends.Add((sessions[chosen], chosen));
        }

        AddDependencies(builder, numbers, ends);
        DependencyGraph graph = builder.Build();
        waivers = Waivers(graph, numbers);
        return graph;
    }

    // Some of the soft ones, in one phase or in all of theirs.
    private static ImmutableArray<Waiver> Waivers(DependencyGraph graph, SplitMix64 numbers)
    {
        List<Waiver> waivers = [];
        foreach (Dependency dependency in graph.Dependencies)
        {
            if (dependency.Strength != DependencyStrength.Soft || numbers.Next(2) == 0)
            {
                continue;
            }

            List<Phase> phases = [.. dependency.Phases];
            Phase? phase = numbers.Next(2) == 0 ? phases[numbers.Next(phases.Count)] : null;
            Waiver waiver = new(
                graph.Set.NameOf(dependency.Dependent), graph.Set.NameOf(dependency.On), phase);
            if (!waivers.Contains(waiver))
            {
                waivers.Add(waiver);
            }
        }

        return [.. waivers];
    }

    private static void AddDependencies(
        DependencyGraphBuilder builder, SplitMix64 numbers, List<(DependencyEnd End, int Session)> ends)
    {
        int wanted = numbers.Next(6);
        for (int i = 0; i < wanted; i++)
        {
            (DependencyEnd dependent, int first) = ends[numbers.Next(ends.Count)];
            (DependencyEnd on, int second) = ends[numbers.Next(ends.Count)];
            bool isOwnMember = first == second && (dependent.IsSession || on.IsSession);
            if (dependent == on || isOwnMember)
            {
                continue;
            }

            PhaseSet phases = numbers.Next(2) == 0 ? PhaseSet.Default : PhaseSet.None;
            while (phases.IsEmpty)
            {
                foreach (Phase phase in Phases.All)
                {
                    phases = numbers.Next(3) == 0 ? phases.With(phase) : phases;
                }
            }

            bool isSoft = numbers.Next(3) == 0;
            builder.AddDependency(
                dependent, on, phases, strength: isSoft ? DependencyStrength.Soft : DependencyStrength.Hard);
        }
    }
}
