namespace GraphOrder.Tests.Recovery.Answers;

/// <summary>Judges an answer before it may be written down: against rules told again, slowly.</summary>
internal static class AnswerJudge
{

    /// <summary>What is wrong with an answer; null where nothing is.</summary>
    public static string? Fault(AnswerCase asked, GraphOrder.Recovery answer)
    {
        DependencyGraph graph = DependencyGraph.Of(asked.Set);
        Dependency[] binding = Binding(asked, graph);
        SlowRecovery slow = new(asked, graph, binding, PlanOf(asked, graph));
        string? fault = asked.State.IsOldKernel
            ? Differ("close", slow.Close(), answer.Close.Select(asked.Set.NameOf))
                ?? Differ("preserve", slow.Preserve(), answer.Preserve.Select(asked.Set.NameOf))
                ?? Differ("again", slow.Again(), answer.Again.Select(id => asked.Set.NameOf(id)))
            : Differ("retrieve", slow.Retrieve(), answer.Retrieve.Select(asked.Set.NameOf))
                ?? Differ("finish", slow.Finish(), answer.Finish.Select(asked.Set.NameOf))
                ?? (asked.Options.AssumeQuiet.IsEmpty && asked.Waived.Length == 0
                    ? ReleaseCheck.Violation(graph, answer, asked.Kernels)
                    : null);
        return fault ?? Reasons(graph, [.. binding, .. slow.Links], answer) ?? Oracle(asked, graph, answer);
    }

    private static string? Differ(string what, IEnumerable<string> slow, IEnumerable<string> found) =>
        slow.SequenceEqual(found)
            ? null
            : $"{what} {string.Join(' ', found)} and not {string.Join(' ', slow)}";

    // Each reason is a dependency that binds, directly or through the objects that it names, or the order
    // that a row of files has by itself. A circle of the kernel's own objects is named by one of them.
    private static string? Reasons(DependencyGraph graph, Dependency[] binding, GraphOrder.Recovery answer)
    {
        IEnumerable<UnmetDependency> all = answer.Pinned.SelectMany(pin => pin.By)
            .Concat(answer.Blocked.SelectMany(blocked => blocked.By))
            .Concat(answer.Broken);
        foreach (UnmetDependency reason in all)
        {
            Dependency[] bind = Array.FindAll(binding, each => each.Phases.Contains(reason.Phase));
            DependencyEnd[] path =
                [reason.Dependent, .. reason.Through.Select(id => (DependencyEnd)id), reason.On];
            for (int i = 1; i < path.Length; i++)
            {
                HashSet<DependencyEnd> from = Circle(graph, bind, path[i - 1]);
                HashSet<DependencyEnd> to = Circle(graph, bind, path[i]);
                if (!Array.Exists(bind, each => from.Contains(each.Dependent) && to.Contains(each.On)))
                {
                    return $"{graph.Set.NameOf(path[i - 1])} does not need {graph.Set.NameOf(path[i])}";
                }
            }
        }

        return null;
    }

    private static HashSet<DependencyEnd> Circle(DependencyGraph graph, Dependency[] bind, DependencyEnd end)
    {
        HashSet<DependencyEnd> reached = Reach(end);
        return [end, .. reached.Where(other => Reach(other).Contains(end))];

        HashSet<DependencyEnd> Reach(DependencyEnd from)
        {
            HashSet<DependencyEnd> seen = [];
            Stack<DependencyEnd> left = new([from]);
            while (left.TryPop(out DependencyEnd at))
            {
                foreach (Dependency each in bind)
                {
                    if (each.Dependent == at && Hands(at) && Hands(each.On) && seen.Add(each.On))
                    {
                        left.Push(each.On);
                    }
                }
            }

            return seen;
        }

        bool Hands(DependencyEnd at) => !at.IsSession && graph.FileOf(at.ObjectId) is null;
    }

    // The oracle that tries all orders judges what it knows: sessions that finish, and no session as an end.
    private static string? Oracle(AnswerCase asked, DependencyGraph graph, GraphOrder.Recovery answer)
    {
        PhaseRule finish = asked.Kernels[Phase.Finish];
        bool isKnown = !asked.State.IsOldKernel && asked.Waived.Length == 0
            && asked.Kernels[Phase.Retrieve].Unit == StepUnit.File
            && asked.Kernels[Phase.Retrieve].Inside == InsideSession.Chosen
            && finish.Unit is StepUnit.File or StepUnit.Session && !finish.Between.IsInterleaved
            && finish.Inside is InsideSession.PreserveBackward or InsideSession.Together
            && !graph.Dependencies.ToArray().Any(each => each.Dependent.IsSession || each.On.IsSession)
            && !asked.Set.Objects.Any(each => each.Act is not null);
        if (!isKnown)
        {
            return null;
        }

        Dictionary<int, int> places = SlowRecovery.Places(asked.Set, PlanOf(asked, graph));
        RecoveryOracle oracle = new(
            asked.Set,
            asked.State,
            finish.Inside == InsideSession.Together,
            [.. asked.Kernels.Next.FinishDemandsRetrieved],
            places.Count > 0 ? [.. places.OrderBy(each => each.Value).Select(NameOf)] : null,
            SlowRecovery.Assumed(asked, graph));
        return RecoveryCheck.Difference(oracle, graph, answer, isEachBrokenTold: false);

        string NameOf(KeyValuePair<int, int> place) => asked.Set.NameOf(new ObjectId(place.Key));
    }

    private static Dependency[] Binding(AnswerCase asked, DependencyGraph graph)
    {
        List<Dependency> binding = [];
        foreach (Dependency found in graph.Dependencies)
        {
            string name = $"{graph.Set.NameOf(found.Dependent)}=>{graph.Set.NameOf(found.On)}";
            PhaseSet phases = PhaseSet.None;
            foreach (Phase phase in Phases.All)
            {
                bool isWaived = asked.Waived.Contains(name) || asked.Waived.Contains($"{name}@{phase.Name()}");
                bool binds = found.Phases.Contains(phase) && !isWaived;
                phases = binds ? phases.With(phase) : phases;
            }

            binding.Add(found with { Phases = phases });
        }

        return [.. binding];
    }

    // The plan that ran, or the canonical one.
    private static Plan? PlanOf(AnswerCase asked, DependencyGraph graph)
    {
        PlanResult planned = asked.Options.Plan
            ?? Planner.Plan(graph, new KernelPair(KernelProfile.Linux734.With(asked.Kernels.Next.Model)));
        return planned.TryGetPlan(out Plan? plan) ? plan : null;
    }
}
