namespace GraphOrder;

/// <summary>
/// What a kernel has against single memfds: inodes, sizes, seals that turn against them, holes, memory.
/// </summary>
internal static class MemfdAcceptance
{
    public static void Check(
        DependencyGraph graph,
        KernelProfile kernel,
        DiagnosticList diagnostics,
        AcceptanceScratch scratch)
    {
        SessionSet set = graph.Set;
        if (!set.Census.Has(ObjectKind.Memfd) && !set.Census.HasInodes)
        {
            return;
        }

        Dictionary<string, int> byInode = scratch.ByInode;
        byInode.Clear();
        long holes = 0;
        for (int i = 0; i < set.Objects.Length; i++)
        {
            ref readonly PreservedObject found = ref set.Objects.ItemRef(i);
            if (found.Facts.Inode is { } inode && !byInode.TryAdd(inode, i))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.DuplicateInode, DiagnosticSeverity.Error)
                {
                    Subjects = [set.NameOf(new ObjectId(byInode[inode])), set.NameOf(new ObjectId(i))],
                    Facts = [new("inode", inode), new("errno", "EBUSY")],
                    Location = found.Location,
                });
            }

            if (found.Kind == ObjectKind.Memfd && found.IsFile)
            {
                CheckSize(set, i, kernel, diagnostics);
                CheckExecSeal(set, i, diagnostics);
                holes += CheckHoles(set, i, diagnostics);
            }
        }

        CheckMemory(set, holes, diagnostics);
    }

    private static void CheckSize(SessionSet set, int index, KernelProfile kernel, DiagnosticList diagnostics)
    {
        KernelLimits limits = kernel.Limits;
        if (set.Objects[index].Facts.Bytes is not { } bytes || bytes < limits.MemfdBytesAllocatable)
        {
            return;
        }

        diagnostics.Add(About(set, index, DiagnosticCode.MemfdTooLarge) with
        {
            Facts =
            [
                new("bytes", bytes),
                new("limit", limits.MemfdBytesAllocatable),
                new("release", kernel.Release),
                new("kernel", kernel.Title),
                new("errno", bytes > limits.MemfdBytesMax ? "EFBIG" : "ENOMEM"),
            ],
        });
    }

    private static void CheckExecSeal(SessionSet set, int index, DiagnosticList diagnostics)
    {
        if (set.Objects[index].Facts.Seals is { } seals && (seals & Seals.Exec) != 0)
        {
            diagnostics.Add(About(set, index, DiagnosticCode.ComesBackReadOnly));
        }
    }

    // Returns the bytes that preserving allocates.
    private static long CheckHoles(SessionSet set, int index, DiagnosticList diagnostics)
    {
        ObjectFacts facts = set.Objects[index].Facts;
        bool saysExtents = !facts.Extents.IsEmpty || (facts.EmptyLists & EmptyLists.Extents) != 0;
        if (facts.Bytes is not { } bytes || !saysExtents)
        {
            return 0;
        }

        long page = KernelProfile.PageBytes;
        long pages = KernelMemoryCost.Pieces(bytes, page);
        foreach (FileExtent extent in facts.Extents)
        {
            pages -= KernelMemoryCost.Pieces(extent.Bytes, page);
        }

        if (pages <= 0)
        {
            return 0;
        }

        diagnostics.Add(About(set, index, DiagnosticCode.HolesFilled) with
        {
            Facts = [new("bytes", pages * page)],
        });
        return pages * page;
    }

    private static void CheckMemory(SessionSet set, long holes, DiagnosticList diagnostics)
    {
        KernelMemoryCost cost = KernelMemoryCost.Of(set);
        long needed = holes + Math.Max(cost.Temporary, cost.TablesLeast);
        if (set.Host?.FreeBytes is { } free && needed > free)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.NotEnoughMemory, DiagnosticSeverity.Warning)
            {
                Facts = [new("needed", needed), new("free", free), new("errno", "ENOMEM")],
            });
        }
    }

    private static Diagnostic About(SessionSet set, int index, DiagnosticCode code) =>
        new(code, DiagnosticSeverity.Warning)
        {
            Subjects = [set.NameOf(new ObjectId(index))],
            Location = set.Objects[index].Location,
        };
}
