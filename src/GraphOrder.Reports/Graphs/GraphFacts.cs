namespace GraphOrder.Reports;

/// <summary>What every graph picture looks up. Immutable.</summary>
internal sealed class GraphFacts
{
    private readonly BindingPhases _binding;
    private readonly Lazy<AlikeSessions> _alike;
    private readonly TransitiveReduction? _reduction;

    /// <param name="picture">What is shown.</param>
    /// <param name="isReduced">Whether dependencies that others imply are left out.</param>
    public GraphFacts(PlanPicture picture, bool isReduced)
    {
        Picture = picture;
        Graph = picture.Graph;
        Names = new ReportNames(Graph);
        Cycle = new CycleMarks(Graph, picture.Result);
        _alike = new Lazy<AlikeSessions>(() => new AlikeSessions(Graph, Names));
        _reduction = isReduced ? TransitiveReduction.Of(Graph) : null;
        bool isLegal = picture.Result.TryGetPlan(out Plan? plan);
        _binding = new BindingPhases(Graph, isLegal ? plan!.Waived : []);
        Run = isLegal ? new RunSteps(Graph, picture.Kernels, plan!) : null;
        UsualPhases = Usual();
    }

    public PlanPicture Picture { get; }

    public DependencyGraph Graph { get; }

    public ReportNames Names { get; }

    /// <summary>What lies on a closed walk.</summary>
    public CycleMarks Cycle { get; }

    public AlikeSessions Alike => _alike.Value;

    /// <summary>The numbered steps; null where there is no plan.</summary>
    public RunSteps? Run { get; }

    /// <summary>The phases that most dependencies bind in; arrows with others say theirs.</summary>
    public PhaseSet UsualPhases { get; }

    /// <summary>How many dependencies are left out since others imply them.</summary>
    public int DroppedCount => _reduction?.DroppedCount ?? 0;

    /// <summary>Whether nothing was reduced because it would have taken too long.</summary>
    public bool IsTooLargeToReduce => _reduction is { IsReduced: false };

    /// <summary>Whether a dependency is drawn.</summary>
    public bool IsKept(int dependency) => _reduction?.IsKept(dependency) ?? true;

    /// <summary>Whether a dependency is waived in all its phases.</summary>
    public bool IsWaived(in Dependency dependency) => _binding.Of(dependency).IsEmpty;

    /// <summary>The session in which an end is drawn.</summary>
    public SessionId? HomeOf(DependencyEnd end) => end.IsSession ? end.SessionId : HomeOf(end.ObjectId);

    /// <summary>The session in which an object is drawn.</summary>
    public SessionId? HomeOf(ObjectId id) => Graph.SessionOf(id) ?? Graph[id].Act?.Session;

    /// <summary>Its name where it is drawn: without that of its session.</summary>
    public string ShortNameOf(ObjectId id) =>
        HomeOf(id) is { } session ? Names.Short(id, session) : Names.Of(id);

    /// <summary>
    /// The numbers of its steps in preserve, retrieve and finish, as the plan's text counts them; of an act
    /// its one. Empty where there is no plan or no step.
    /// </summary>
    public string StepsOf(ObjectId id)
    {
        if (Run is null || Graph[id].IsMovedByKernel)
        {
            return "";
        }

        return Graph[id].Act is not null
            ? $"step {Run.Of(Phase.Preserve, id)}"
            : $"{Run.Of(Phase.Preserve, id)} / {Run.Of(Phase.Retrieve, id)} / {Run.Of(Phase.Finish, id)}";
    }

    /// <summary>Phases of an arrow in the fewest words, beside those that most arrows have.</summary>
    public string PhasesBesideUsual(PhaseSet phases)
    {
        PhaseSet missing = UsualPhases - phases;
        bool isShorter = (phases - UsualPhases).IsEmpty && missing.Count < phases.Count;
        return isShorter ? $"not {missing}" : phases.ToString();
    }

    /// <summary>Who says that a dependency exists, and why.</summary>
    public static string OriginOf(in Dependency dependency)
    {
        DependencyOrigin origin = dependency.Origin;
        string by = origin.DeclaredBy is { } declarer ? $"declared by {PlainText.Id(declarer)}" : "declared";
        string source = origin.Source switch
        {
            DependencySource.Needs => "from \"needs\"",
            DependencySource.Describes => "from \"describes\"",
            DependencySource.Mapped => "found in its page table",
            _ => by,
        };
        return origin.Why is { } why ? $"{source}: {PlainText.Quoted(why)}" : source;
    }

    private PhaseSet Usual()
    {
        Dictionary<PhaseSet, int> seen = [];
        PhaseSet usual = PhaseSet.Default;
        foreach (ref readonly Dependency dependency in Graph.Dependencies)
        {
            int count = seen.GetValueOrDefault(dependency.Phases) + 1;
            seen[dependency.Phases] = count;
            usual = count > seen.GetValueOrDefault(usual) ? dependency.Phases : usual;
        }

        return usual;
    }
}
