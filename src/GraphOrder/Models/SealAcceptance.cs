using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Memfds that an iommu_domain maps and that can be resized under it, since what is retrieved is protected
/// by seals alone (live update of memfds, mm/memfd_luo.c: the freeze ends with the old kernel).
/// </summary>
internal static class SealAcceptance
{
    private const int SubjectsMax = 6;
    private const Seals Demanded = Seals.Seal | Seals.Shrink | Seals.Grow;

    public static void Check(
        DependencyGraph graph,
        KernelProfile kernel,
        DiagnosticList diagnostics,
        AcceptanceScratch scratch)
    {
        ObjectCensus census = graph.Set.Census;
        if (!census.Has(ObjectKind.IommuDomain) && !census.Has(ObjectKind.Hwpt))
        {
            return;
        }

        Span<int> mappedBy = scratch.Counts(graph.ObjectCount);
        FindMapped(graph, mappedBy);
        List<(int Memfd, int Mapper)> sealedOnly = scratch.SealedOnly;
        sealedOnly.Clear();
        for (int memfd = 0; memfd < mappedBy.Length; memfd++)
        {
            int mapper = mappedBy[memfd] - 1;
            if (mapper < 0)
            {
                continue;
            }

            Seals? seals = graph.Set.Objects[memfd].Facts.Seals;
            if (seals is { } known && (known & Demanded) == Demanded)
            {
                if (!known.KeepPages())
                {
                    sealedOnly.Add((memfd, mapper));
                }

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

        string[] memfds = new string[Math.Min(sealedOnly.Count, SubjectsMax)];
        string[] mappers = new string[memfds.Length];
        for (int i = 0; i < memfds.Length; i++)
        {
            memfds[i] = set.NameOf(new ObjectId(sealedOnly[i].Memfd));
            mappers[i] = set.NameOf(new ObjectId(sealedOnly[i].Mapper));
        }

        int moreCount = sealedOnly.Count - memfds.Length;
        DiagnosticFact mapped = new("mappers", ImmutableCollectionsMarshal.AsImmutableArray(mappers));
        diagnostics.Add(new Diagnostic(DiagnosticCode.OnlySeals, DiagnosticSeverity.Warning)
        {
            Subjects = ImmutableCollectionsMarshal.AsImmutableArray(memfds),
            Facts = moreCount > 0 ? [mapped, new("moreCount", moreCount)] : [mapped],
            Location = set.Objects[sealedOnly[0].Memfd].Location,
        });
    }

    // One text for each of the ways to miss some.
    private static string Names(Seals seals) => (seals & Demanded) switch
    {
        Seals.Seal => "seal",
        Seals.Shrink => "shrink",
        Seals.Grow => "grow",
        Seals.Seal | Seals.Shrink => "seal, shrink",
        Seals.Seal | Seals.Grow => "seal, grow",
        Seals.Shrink | Seals.Grow => "shrink, grow",
        _ => "seal, shrink, grow",
    };

    // For each memfd one more than the first thing that maps it.
    private static void FindMapped(DependencyGraph graph, Span<int> mappedBy)
    {
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
    }

    private static void AddThroughHwpt(DependencyGraph graph, int hwpt, Span<int> mappedBy)
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
        DependencyGraph graph, int needing, int mapper, Span<int> mappedBy)
    {
        foreach (Dependency dependency in graph.DependenciesOf(new ObjectId(needing)))
        {
            if (!dependency.On.IsSession)
            {
                Add(graph, dependency.On.ObjectId, mapper, mappedBy);
            }
        }
    }

    private static void Add(DependencyGraph graph, ObjectId memfd, int mapper, Span<int> mappedBy)
    {
        if (graph[memfd].Kind == ObjectKind.Memfd && mappedBy[memfd.Index] == 0)
        {
            mappedBy[memfd.Index] = mapper + 1;
        }
    }

    private static ObjectKind KindOf(DependencyGraph graph, DependencyEnd end) =>
        end.IsSession ? default : graph[end.ObjectId].Kind;
}
