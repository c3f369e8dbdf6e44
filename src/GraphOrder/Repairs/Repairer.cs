using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Finds changes of a set after which it has a legal order: soft dependencies waived, files moved, sessions
/// merged or split. Each is planned again before it is offered, and none is ever applied. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// A repair makes the <b>whole</b> set legal: where it has several causes that have nothing to do with one
/// another, it solves each of them, and its cost is their sum. Only files move. What the kernel has already
/// stays: no preserved file moves, no file that preserved metadata describes, and no created session goes.
/// A file leaves no session that a dependency names as a whole, which would no longer hold for it. Files
/// move among sessions that dependencies tie together, however indirectly, or into new ones.
/// </para>
/// <para>
/// No act moves by itself: its session says whose step it is and orders nothing. The acts of a session go
/// with all its files, its blackout with them. A session that has acts and loses its files to several
/// others stays, without files; so does one that has a blackout and loses them to one that has its own.
/// </para>
/// <para>
/// The first repair is the cheapest there is (<see cref="RepairCost"/>) where
/// <see cref="RepairList.IsCheapest"/> says so. After it come others of each kind. Time is bounded by
/// <see cref="RepairOptions.WorkMax"/>.
/// </para>
/// </remarks>
public static class Repairer
{
    /// <summary>Finds repairs.</summary>
    /// <param name="set">A set, with or without a legal plan.</param>
    /// <param name="kernels">The two kernels of the update.</param>
    /// <param name="options">What is waived already; null for nothing.</param>
    /// <param name="limits">How far to look; null for the usual limits.</param>
    /// <param name="cancellation">Checked for each planning.</param>
    /// <returns>
    /// The repairs; none where the set has no cycle and crosses no session that it must not.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// RepairList ways = Repairer.Find(set, KernelPair.Linux73);
    /// SessionSet changed = ways.Repairs[0].Changed;
    /// </code>
    /// </example>
    public static RepairList Find(
        SessionSet set,
        KernelPair kernels,
        PlanOptions? options = null,
        RepairOptions? limits = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(kernels);
        limits ??= RepairOptions.Default;
        options ??= PlanOptions.Default;
        DependencyGraph graph = DependencyGraph.Of(set);
        PhaseSet[] phases = WaiverList.Apply(graph, options, new DiagnosticList());
        EmptiedSessions emptied = EmptiedSessions.Of(graph);
        WorkBudget budget = new(limits.WorkMax);
        List<PartRepairs> parts = [];
        Dictionary<RepairProblem, PartRepairs?> known = [];
        foreach (RepairPart part in RepairProblems.Of(graph, phases, kernels, emptied))
        {
            // What is alike is solved once.
            if (!known.TryGetValue(part.Problem, out PartRepairs? found))
            {
                found = PartRepairs.Find(part, budget, cancellation);
                known.Add(part.Problem, found);
            }

            if (found is not null)
            {
                parts.Add(found with { Part = part });
            }
        }

        if (parts.Count == 0)
        {
            return RepairList.None;
        }

        RepairCheck check = new(graph, kernels, options, emptied, cancellation);
        ImmutableArray<string> legal = check.LegalModels();
        if (parts.Find(static part => part.Best is null) is { } unsolved)
        {
            return new RepairList
            {
                LegalModels = legal,
                Diagnostics = [Unsolved(set, unsolved)],
            };
        }

        List<Repair> repairs = check.Checked(Drafts(set, parts), limits.RepairCountMax);
        bool isCheapest = parts.TrueForAll(static part => part.IsCheapest);
        return new RepairList
        {
            Repairs = [.. repairs],
            IsCheapest = isCheapest,
            LegalModels = legal,
            Diagnostics = isCheapest ? [] : [Note(DiagnosticCode.RepairSearchLimited, [])],
        };
    }

    // The cheapest first; of equal cost the one that was found first.
    private static List<RepairDraft> Drafts(SessionSet set, List<PartRepairs> parts)
    {
        List<RepairDraft> drafts = [];
        void Add(Func<PartRepairs, SolvedState?> choose, bool isWaive = false)
        {
            List<(RepairPart, SolvedState)> chosen = [];
            long weightMin = 0;
            foreach (PartRepairs part in parts)
            {
                if (choose(part) is { } solved)
                {
                    chosen.Add((part.Part, solved));
                }

                weightMin = RepairCost.Sum(weightMin, part.WeightMin);
            }

            if (chosen.Count == parts.Count)
            {
                RepairDraft draft = RepairDraft.Of(set, chosen, isWaive ? weightMin : null);
                int known = drafts.FindIndex(draft.IsLike);
                if (known < 0)
                {
                    drafts.Add(draft);
                }
                else if (isWaive)
                {
                    drafts[known] = draft;
                }
            }
        }

        Add(static part => part.Best);
        int solutions = parts.Count == 1 ? parts[0].Cheapest.Count : 0;
        for (int i = 1; i < solutions; i++)
        {
            Add(part => part.Cheapest[i]);
        }

        Add(static part => part.NewSession);
        Add(static part => part.Merge);
        Add(static part => part.Waive, isWaive: true);
        return [.. drafts.OrderBy(static draft => draft.Cost)];
    }

    private static Diagnostic Unsolved(SessionSet set, PartRepairs part) => part.Hopeless is { } hopeless
        ? Note(DiagnosticCode.NoRepairHelps, [.. hopeless.Through.Select(
            id => set.NameOf(new ObjectId(part.Part.Objects[id])))])
        : Note(DiagnosticCode.NoRepairFound, []);

    private static Diagnostic Note(DiagnosticCode code, ImmutableArray<string> subjects) =>
        new(code, DiagnosticSeverity.Info) { Subjects = subjects };
}
