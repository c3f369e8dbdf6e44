using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Plans what is to be offered, under each model of interest.</summary>
internal sealed class RepairCheck
{
    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly PlanOptions _options;
    private readonly EmptiedSessions _emptied;
    private readonly CancellationToken _cancellation;

    public RepairCheck(
        DependencyGraph graph,
        KernelPair kernels,
        PlanOptions options,
        EmptiedSessions emptied,
        CancellationToken cancellation)
    {
        _graph = graph;
        _kernels = kernels;
        _options = options;
        _emptied = emptied;
        _cancellation = cancellation;
    }

    /// <summary>The other built-in models under which the set is legal as it stands.</summary>
    public ImmutableArray<string> LegalModels()
    {
        ImmutableArray<string>.Builder legal = ImmutableArray.CreateBuilder<string>();
        PlanGround ground = Ground(_graph);
        foreach (LifecycleModel model in LifecycleModel.BuiltIn)
        {
            if (model.Name != _kernels.ModelName
                && Planner.IsLegal(ground, KernelPair.Of(model), _cancellation))
            {
                legal.Add(model.Name);
            }
        }

        return legal.ToImmutable();
    }

    /// <summary>
    /// The drafts as repairs with their verdicts, without those that turn out to have no order. The last
    /// that only waives is kept in any case.
    /// </summary>
    public List<Repair> Checked(List<RepairDraft> drafts, int countMax)
    {
        List<Repair> repairs = [];
        foreach (RepairDraft draft in drafts)
        {
            bool isKept = repairs.Count < countMax || draft.WeightMin is not null;
            if (isKept && Checked(draft) is { } repair)
            {
                repairs.Add(repair);
            }
        }

        return repairs;
    }

    private Repair? Checked(RepairDraft draft)
    {
        Repair repair = RepairedSet.Of(_graph, draft, _emptied);
        DependencyGraph changed = DependencyGraph.Of(repair.Changed);
        PlanGround ground = Ground(changed);
        List<RepairVerdict> verdicts = [VerdictOf(ground, _kernels)];
        if (verdicts[0].Verdict == PlanVerdict.Illegal)
        {
            return null;
        }

        if (_kernels.ModelName != LifecycleModel.LinuxNext.Name)
        {
            verdicts.Add(VerdictOf(ground, KernelPair.Of(LifecycleModel.LinuxNext)));
        }

        return repair with { Verdicts = [.. verdicts] };
    }

    private PlanGround Ground(DependencyGraph graph) => PlanGround.Of(graph, _options, _cancellation);

    private RepairVerdict VerdictOf(PlanGround ground, KernelPair kernels) =>
        RepairVerdict.Of(kernels.ModelName, Planner.Judge(ground, kernels, _cancellation));
}
