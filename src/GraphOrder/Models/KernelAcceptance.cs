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
    public static void Check(DependencyGraph graph, KernelPair kernels, DiagnosticList diagnostics)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(diagnostics);
        CheckHost(graph.Set, kernels, diagnostics);
        CheckTokens(graph, diagnostics);
        MemfdAcceptance.Check(graph, kernels.Old, diagnostics);
        SealAcceptance.Check(graph, kernels.Old, diagnostics);
        ListAcceptance.Check(graph.Set, kernels.Old, diagnostics);
        PresenceAcceptance.Check(graph, kernels, diagnostics);
        MappedAcceptance.Check(graph, diagnostics);
        CheckHandlers(graph.Set, kernels, diagnostics);
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
    private static void CheckHandlers(SessionSet set, KernelPair kernels, DiagnosticList diagnostics)
    {
        Dictionary<ObjectKind, (List<int> Told, int Count)> unhandled = [];
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
                ref (List<int> Told, int Count) files =
                    ref CollectionsMarshal.GetValueRefOrAddDefault(unhandled, found.Kind, out _);
                files.Told ??= [];
                files.Count++;
                if (files.Count <= SubjectsMax)
                {
                    files.Told.Add(i);
                }
            }
        }

        DiagnosticFact[] order = diagnostics.HasErrors ? [] : [new("order", "legal")];
        foreach ((ObjectKind kind, (List<int> told, int count)) in unhandled.OrderBy(
            entry => entry.Value.Told[0]))
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.NoHandler, DiagnosticSeverity.Warning)
            {
                Subjects = [.. told.Select(file => set.NameOf(new ObjectId(file)))],
                Facts = NoHandler(kernels, kind, count, order),
                Location = set.Objects[told[0]].Location,
            });
        }
    }

    // The old kernel refuses one call. The next one stops reading the hand-over at the first string that it
    // does not know, and then every open answers EIO (luo_session.c, luo_file.c).
    private static ImmutableArray<DiagnosticFact> NoHandler(
        KernelPair kernels, ObjectKind kind, int count, DiagnosticFact[] order)
    {
        KernelHandler? preserving = kernels.Old.FindHandler(kind);
        KernelProfile kernel = preserving is null ? kernels.Old : kernels.Next;
        List<DiagnosticFact> facts =
        [
            new("kind", kind.Name),
            new("release", kernel.Release),
            new("kernel", kernel.Title),
            new("act", preserving is null ? "preserving" : "retrieving"),
            new("errno", preserving is null ? "ENOENT" : "EIO"),
            new("fileCount", count),
        ];
        if (preserving is { Compatible.Length: > 0 })
        {
            facts.Add(new("compatible", preserving.Compatible));
        }

        return [.. facts, .. order];
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
