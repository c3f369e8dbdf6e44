using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// What the two kernels of an update would refuse or do to a guest, as far as a set can show it. An order
/// may be <i>legal</i> though a kernel does not <i>accept</i> every step; here stands the second.
/// Thread-safe.
/// </summary>
public static class KernelAcceptance
{
    private const int SubjectsMax = 10;

    /// <summary>
    /// Adds what both kernels have against a graph, after what was found against its orders. O(V + E) time
    /// and space.
    /// </summary>
    public static void Check(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics) =>
        Check(graph, kernels, diagnostics, new AcceptanceScratch());

    internal static void Check(
        DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics, AcceptanceScratch scratch)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(diagnostics);
        CheckHost(graph.Set, kernels, diagnostics);
        CheckTokens(graph, diagnostics);
        MemfdAcceptance.Check(graph, kernels.Old, diagnostics, scratch);
        SealAcceptance.Check(graph, kernels.Old, diagnostics, scratch);
        ListAcceptance.Check(graph.Set, kernels.Old, diagnostics, scratch);
        PresenceAcceptance.Check(graph, kernels, diagnostics);
        MappedAcceptance.Check(graph, diagnostics, scratch);
        CheckHandlers(graph.Set, kernels, diagnostics, scratch);
    }

    private static void CheckHost(SessionSet set, KernelPair kernels, DiagnosticList diagnostics)
    {
        ReadOnlySpan<(string? Named, KernelProfile Used)> both =
            [(set.Host?.Kernel, kernels.Old), (set.Host?.NextKernel, kernels.Next)];
        foreach ((string? named, KernelProfile used) in both)
        {
            if (named is not null && !KernelProfile.TryFind(named, out _))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.UnknownKernel, DiagnosticSeverity.Warning)
                {
                    Facts =
                    [
                        new("kernel", named),
                        new("known", string.Join(", ", KernelProfile.BuiltIn)),
                        new("used", used.Release),
                    ],
                });
            }
        }
    }

    // One warning for all files of a kind: what stands in the way is the kernel, not each file. What the old
    // kernel does not preserve never reaches the next one.
    private static void CheckHandlers(
        SessionSet set, KernelPair kernels, DiagnosticList diagnostics, AcceptanceScratch scratch)
    {
        scratch.Unhandled.Clear();
        scratch.UnhandledPlaces.Clear();
        (ObjectKind Kind, bool IsHandedOver) last = (default, kernels.HandsOver(default));
        for (int i = 0; i < set.Objects.Length; i++)
        {
            ref readonly PreservedObject found = ref set.Objects.ItemRef(i);
            if (found.Kind != last.Kind)
            {
                last = (found.Kind, kernels.HandsOver(found.Kind));
            }

            if (found.IsFile && !last.IsHandedOver)
            {
                CountFile(scratch, found.Kind, i);
            }
        }

        bool isLegal = !diagnostics.HasErrors;
        foreach ((ObjectKind kind, int first, int count) in scratch.Unhandled)
        {
            // Beyond the limit they are counted, and nobody reads their facts.
            diagnostics.Add(diagnostics.IsFull(DiagnosticCode.NoHandler)
                ? new Diagnostic(DiagnosticCode.NoHandler, DiagnosticSeverity.Warning)
                : new Diagnostic(DiagnosticCode.NoHandler, DiagnosticSeverity.Warning)
                {
                    Subjects = FilesOf(set, kind, first, count),
                    Facts = NoHandler(kernels, kind, count, isLegal),
                    Location = set.Objects[first].Location,
                });
        }
    }

    private static void CountFile(AcceptanceScratch scratch, ObjectKind kind, int file)
    {
        // The last one serves a run of files of one kind.
        int place = scratch.Unhandled.Count - 1;
        if ((place >= 0 && scratch.Unhandled[place].Kind == kind)
            || scratch.UnhandledPlaces.TryGetValue(kind, out place))
        {
            CollectionsMarshal.AsSpan(scratch.Unhandled)[place].Count++;
            return;
        }

        scratch.UnhandledPlaces.Add(kind, scratch.Unhandled.Count);
        scratch.Unhandled.Add((kind, file, 1));
    }

    // The first files of a kind, by name.
    private static ImmutableArray<string> FilesOf(SessionSet set, ObjectKind kind, int first, int count)
    {
        string[] names = new string[Math.Min(count, SubjectsMax)];
        int named = 0;
        for (int i = first; named < names.Length; i++)
        {
            if (set.Objects[i].IsFile && set.Objects[i].Kind == kind)
            {
                names[named++] = set.NameOf(new ObjectId(i));
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(names);
    }

    // The old kernel refuses one call. The next one stops reading the hand-over at the first string that it
    // does not know, and then every open answers EIO (luo_session.c, luo_file.c).
    private static ImmutableArray<DiagnosticFact> NoHandler(
        KernelPair kernels, ObjectKind kind, int count, bool isLegal)
    {
        KernelHandler? preserving = kernels.Old.FindHandler(kind);
        KernelProfile kernel = preserving is null ? kernels.Old : kernels.Next;
        string? compatible = preserving is { Compatible.Length: > 0 } ? preserving.Compatible : null;
        const int countAlways = 6;
        DiagnosticFact[] facts =
            new DiagnosticFact[countAlways + (compatible is null ? 0 : 1) + (isLegal ? 1 : 0)];
        facts[0] = new("kind", kind.Name);
        facts[1] = new("release", kernel.Release);
        facts[2] = new("kernel", kernel.Title);
        facts[3] = new("act", preserving is null ? "preserving" : "retrieving");
        facts[4] = new("errno", preserving is null ? "ENOENT" : "EIO");
        facts[5] = new("fileCount", count);
        int next = countAlways;
        if (compatible is not null)
        {
            facts[next++] = new("compatible", compatible);
        }

        if (isLegal)
        {
            facts[next] = new("order", "legal");
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(facts);
    }

    private static void CheckTokens(DependencyGraph graph, DiagnosticList diagnostics)
    {
        if (graph.TokensAssignedCount > 0)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.TokensAssigned, DiagnosticSeverity.Info)
            {
                Facts = [new("count", graph.TokensAssignedCount)],
            });
        }
    }
}
