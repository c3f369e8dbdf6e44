namespace GraphOrder;

/// <summary>
/// Memfds that an iommu_domain maps and that can be resized under it, since what is retrieved is protected
/// by seals alone (live update of memfds, mm/memfd_luo.c: the freeze ends with the old kernel).
/// </summary>
internal static class SealAcceptance
{
    private const int SubjectsMax = 6;
    private const Seals Demanded = Seals.Seal | Seals.Shrink | Seals.Grow;

    public static void Check(DependencyGraph graph, KernelProfile kernel, DiagnosticList diagnostics)
    {
        Dictionary<int, int> mappedBy = MappedMemfds(graph);
        List<(int Memfd, int Mapper)> sealedOnly = [];
        foreach ((int memfd, int mapper) in mappedBy.OrderBy(entry => entry.Key))
        {
            Seals? seals = graph.Set.Objects[memfd].Facts.Seals;
            if (seals is { } known && (known & Demanded) == Demanded)
            {
                sealedOnly.AddRange(known.KeepPages() ? [] : [(memfd, mapper)]);
                continue;
            }

            Seals missing = Demanded & ~(seals ?? Seals.None);
            DiagnosticCode code = seals is null ? DiagnosticCode.SealsUnknown : DiagnosticCode.MissingSeals;
            bool isRefused = kernel.EnforcesRules && seals is not null;
            diagnostics.Add(new Diagnostic(
                code, isRefused ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning)
            {
                Subjects = [graph.Set.NameOf(new ObjectId(memfd)), graph.Set.NameOf(new ObjectId(mapper))],
                Facts = [new("missing", Names(missing))],
                Location = graph.Set.Objects[memfd].Location,
            });
        }

        Warn(graph.Set, sealedOnly, diagnostics);
    }

    // One warning for all: what stands in the way is the kernel, not each memfd.
    private static void Warn(
        SessionSet set, List<(int Memfd, int Mapper)> sealedOnly, DiagnosticList diagnostics)
    {
        if (sealedOnly.Count == 0)
        {
            return;
        }

        List<(int Memfd, int Mapper)> told = sealedOnly[..Math.Min(sealedOnly.Count, SubjectsMax)];
        DiagnosticFact[] more =
            sealedOnly.Count > told.Count ? [new("moreCount", sealedOnly.Count - told.Count)] : [];
        diagnostics.Add(new Diagnostic(DiagnosticCode.OnlySeals, DiagnosticSeverity.Warning)
        {
            Subjects = [.. told.Select(each => set.NameOf(new ObjectId(each.Memfd)))],
            Facts =
            [
                new("mappers", [.. told.Select(each => set.NameOf(new ObjectId(each.Mapper)))]),
                .. more,
            ],
            Location = set.Objects[sealedOnly[0].Memfd].Location,
        });
    }

    private static string Names(Seals seals)
    {
        List<string> names = [];
        ReadOnlySpan<(Seals Seal, string Name)> demanded =
            [(Seals.Seal, "seal"), (Seals.Shrink, "shrink"), (Seals.Grow, "grow")];
        foreach ((Seals seal, string name) in demanded)
        {
            if ((seals & seal) != 0)
            {
                names.Add(name);
            }
        }

        return string.Join(", ", names);
    }

    // A domain maps what it needs, what the IOAS of its HWPT needs, and what that IOAS has areas of.
    private static Dictionary<int, int> MappedMemfds(DependencyGraph graph)
    {
        Dictionary<int, int> mappedBy = [];
        ObjectCensus census = graph.Set.Census;
        if (!census.Has(ObjectKind.IommuDomain) && !census.Has(ObjectKind.Hwpt))
        {
            return mappedBy;
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectKind kind = graph.Set.Objects[i].Kind;
            if (kind == ObjectKind.IommuDomain)
            {
                AddNeeded(graph, i, i, mappedBy);
            }
            else if (kind == ObjectKind.Hwpt)
            {
                AddThroughHwpt(graph, i, mappedBy);
            }
        }

        return mappedBy;
    }

    private static void AddThroughHwpt(DependencyGraph graph, int hwpt, Dictionary<int, int> mappedBy)
    {
        int mapper = hwpt;
        foreach (Dependency dependency in graph.DependenciesOf(new ObjectId(hwpt)))
        {
            if (KindOf(graph, dependency.On) == ObjectKind.IommuDomain)
            {
                mapper = dependency.On.ObjectId.Index;
                break;
            }
        }

        foreach (Dependency dependency in graph.DependenciesOf(new ObjectId(hwpt)))
        {
            if (KindOf(graph, dependency.On) == ObjectKind.Ioas)
            {
                int ioas = dependency.On.ObjectId.Index;
                AddNeeded(graph, ioas, mapper, mappedBy);
                foreach (IoasArea area in graph.Set.Objects[ioas].Facts.Areas)
                {
                    Add(graph, area.File, mapper, mappedBy);
                }
            }
        }
    }

    private static void AddNeeded(
        DependencyGraph graph, int needing, int mapper, Dictionary<int, int> mappedBy)
    {
        foreach (Dependency dependency in graph.DependenciesOf(new ObjectId(needing)))
        {
            if (!dependency.On.IsSession)
            {
                Add(graph, dependency.On.ObjectId, mapper, mappedBy);
            }
        }
    }

    private static void Add(DependencyGraph graph, ObjectId memfd, int mapper, Dictionary<int, int> mappedBy)
    {
        if (graph[memfd].Kind == ObjectKind.Memfd)
        {
            mappedBy.TryAdd(memfd.Index, mapper);
        }
    }

    private static ObjectKind KindOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? default : graph[end.ObjectId].Kind;
}
