namespace GraphOrder;

/// <summary>
/// Through which objects a device may write to which: an iommu_domain, HWPT, IOAS, iommufd, vfio device or
/// kind of the user's own reaches what it needs in any phase, what its areas name, and what those of these
/// kinds, and kernel-moved objects, reach in turn. That metadata describes an object is no mapping.
/// </summary>
internal static class DeviceMappings
{
    private static readonly HashSet<ObjectKind> MapperKinds =
    [
        ObjectKind.Iommufd, ObjectKind.Ioas, ObjectKind.Hwpt, ObjectKind.HwptNested, ObjectKind.IommuDomain,
        ObjectKind.Viommu, ObjectKind.Vdevice, ObjectKind.VfioDevice,
    ];

    private static readonly PhaseSet DescriptionPhases = PhaseSet.Of(Phase.Preserve, Phase.Retrieve);

    /// <summary>Whether a device may write through an object of this kind while it is not finished.</summary>
    public static bool IsMapper(ObjectKind kind) => MapperKinds.Contains(kind) || kind.IsCustom;

    /// <summary>
    /// Whether a dependency only says that metadata describes something. Joined with one that a page table
    /// shows it binds in more phases.
    /// </summary>
    public static bool IsDescription(in Dependency dependency) =>
        dependency.Origin.Source == DependencySource.Describes
        && (dependency.Phases - DescriptionPhases).IsEmpty;

    /// <summary>Of each object the last mapper to be finished that reaches it; -1 where none does.</summary>
    /// <remarks>
    /// Mappers spread from the last finished to the first, and what one has reached no other one enters
    /// again: O(V log V + E) time, O(V) space.
    /// </remarks>
    public static int[] LastMappers(DependencyGraph graph, PhaseClock finish)
    {
        int[] lastMapper = new int[graph.ObjectCount];
        Array.Fill(lastMapper, -1);
        List<int> mappers = [];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (finish.StepOf(i) >= 0 && IsMapper(graph[new ObjectId(i)].Kind))
            {
                mappers.Add(i);
            }
        }

        mappers.Sort((x, y) => finish.StepOf(x) != finish.StepOf(y)
            ? finish.StepOf(y).CompareTo(finish.StepOf(x))
            : x.CompareTo(y));
        Stack<int> entered = new();
        foreach (int mapper in mappers)
        {
            if (lastMapper[mapper] < 0)
            {
                entered.Push(mapper);
                Spread(graph, mapper, entered, lastMapper);
            }
        }

        return lastMapper;
    }

    private static void Spread(DependencyGraph graph, int mapper, Stack<int> entered, int[] lastMapper)
    {
        while (entered.TryPop(out int next))
        {
            ObjectId id = new(next);
            foreach (Dependency dependency in graph.DependenciesOf(id))
            {
                if (!dependency.On.IsSession && !IsDescription(dependency))
                {
                    Reach(graph, mapper, dependency.On.ObjectId, entered, lastMapper);
                }
            }

            foreach (IoasArea area in graph[id].Facts.Areas)
            {
                Reach(graph, mapper, area.File, entered, lastMapper);
            }
        }
    }

    private static void Reach(
        DependencyGraph graph, int mapper, ObjectId reached, Stack<int> entered, int[] lastMapper)
    {
        if (lastMapper[reached.Index] >= 0 || reached.Index == mapper)
        {
            return;
        }

        lastMapper[reached.Index] = mapper;
        PreservedObject found = graph[reached];
        if (IsMapper(found.Kind) || found.IsMovedByKernel)
        {
            entered.Push(reached.Index);
        }
    }
}
