using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// What page tables map against what a set declares. <i>Declared</i> means that a finish path runs from the
/// domain, or from an HWPT that needs it, to the memfd. Thread-safe.
/// </summary>
public static class MappedAcceptance
{
    private const int SubjectsMax = 10;

    /// <summary>
    /// Compares what one page table maps with what its set declares; nothing is planned. O(V + E log E).
    /// </summary>
    /// <param name="set">The set; what was walked of other domains does not count.</param>
    /// <param name="walked">What the table maps.</param>
    /// <param name="kernels">The kernels that may want a domain and its memfds in one session.</param>
    /// <returns>
    /// <see cref="DiagnosticCode.MissingEdge"/>, <see cref="DiagnosticCode.ExtraEdge"/>,
    /// <see cref="DiagnosticCode.EdgeCrossesSession"/> and <see cref="DiagnosticCode.CrossesSessions"/>, all
    /// there are, errors first; the subjects are the domain and the memfd.
    /// </returns>
    public static ImmutableArray<Diagnostic> Compare(SessionSet set, WalkedDomain walked, KernelPair kernels)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(walked);
        ArgumentNullException.ThrowIfNull(kernels);
        DiagnosticList diagnostics = new(Math.Max(1, set.Objects.Length));
        AddDifferences(DependencyGraph.Of(set.With([])), walked, set.AcceptsMapped, diagnostics);
        HashSet<ObjectId> owners = [];
        foreach (MappedOwner owner in walked.Owners)
        {
            owners.Add(owner.Memfd);
        }

        DependencyGraph real = DependencyGraph.Of(set.With([walked]));
        foreach (Dependency dependency in real.DependenciesOf(walked.Domain))
        {
            if (!dependency.On.IsSession && owners.Contains(dependency.On.ObjectId))
            {
                PresenceAcceptance.Check(real, kernels, dependency, diagnostics);
            }
        }

        return diagnostics.ToImmutable();
    }

    /// <summary>Adds what is found in all domains of a graph's set.</summary>
    internal static void Check(
        DependencyGraph graph, DiagnosticList diagnostics, AcceptanceScratch scratch)
    {
        SessionSet set = graph.Set;
        Dictionary<ObjectId, WalkedDomain> walked = scratch.Walked;
        walked.Clear();
        foreach (WalkedDomain domain in set.Walked)
        {
            walked.Add(domain.Domain, domain);
        }

        AddNotWalked(set, walked, diagnostics);
        DependencyGraph? declared = walked.Count > 0 ? DependencyGraph.Of(set.With([])) : null;
        foreach (WalkedDomain domain in set.Walked)
        {
            foreach (Diagnostic finding in domain.Findings)
            {
                if (finding.Severity != DiagnosticSeverity.Info)
                {
                    diagnostics.Add(finding);
                }
            }

            if (domain.WhyNot is null)
            {
                AddDifferences(declared!, domain, set.AcceptsMapped, diagnostics);
            }
        }
    }

    private static void AddDifferences(
        DependencyGraph declared, WalkedDomain walked, bool isAccepted, DiagnosticList diagnostics)
    {
        HashSet<ObjectId> reached = Reached(declared, walked.Domain);
        string domain = declared.Set.NameOf(walked.Domain);
        HashSet<ObjectId> owners = [];
        foreach (MappedOwner owner in walked.Owners)
        {
            owners.Add(owner.Memfd);
            string memfd = declared.Set.NameOf(owner.Memfd);
            if (!reached.Contains(owner.Memfd))
            {
                diagnostics.Add(new Diagnostic(
                    DiagnosticCode.MissingEdge,
                    isAccepted ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error)
                {
                    Subjects = [domain, memfd],
                    Facts =
                    [
                        new("iova", $"0x{owner.FirstIova:x}"),
                        new("physical", $"0x{owner.FirstPhysical:x}"),
                        new("bytes", owner.Bytes),
                        new("verb", owner.Access.HasFlag(Access.Write) ? "write to" : "read"),
                    ],
                    Location = declared[walked.Domain].Location,
                });
            }

            AddCrossing(declared, walked.Domain, owner, diagnostics);
        }

        foreach (ObjectId needed in reached.OrderBy(static id => id.Index))
        {
            ObjectFacts facts = declared[needed].Facts;
            bool isPlaced = !facts.Extents.IsEmpty || facts.Folios is not null;
            if (declared[needed].Kind == ObjectKind.Memfd && isPlaced && !owners.Contains(needed))
            {
                diagnostics.Add(new Diagnostic(DiagnosticCode.ExtraEdge, DiagnosticSeverity.Warning)
                {
                    Subjects = [domain, declared.Set.NameOf(needed)],
                    Location = declared[walked.Domain].Location,
                });
            }
        }
    }

    private static void AddCrossing(
        DependencyGraph declared, ObjectId domain, MappedOwner owner, DiagnosticList diagnostics)
    {
        if (declared.SessionOf(domain) is { } own
            && declared.SessionOf(owner.Memfd) is { } other
            && own != other)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.EdgeCrossesSession, DiagnosticSeverity.Info)
            {
                Subjects = [declared.Set.NameOf(domain), declared.Set.NameOf(owner.Memfd)],
                Facts =
                [
                    new("session", declared.Set.NameOf(own)),
                    new("otherSession", declared.Set.NameOf(other)),
                    new("iova", $"0x{owner.FirstIova:x}"),
                ],
            });
        }
    }

    // What the domain, or an HWPT that needs it, reaches in finish.
    private static HashSet<ObjectId> Reached(DependencyGraph declared, ObjectId domain)
    {
        HashSet<ObjectId> reached = [domain];
        Stack<ObjectId> open = new();
        open.Push(domain);
        foreach (int index in declared.DependentsOf(domain))
        {
            Dependency found = declared.Dependencies[index];
            bool isHwpt = !found.Dependent.IsSession
                && found.Phases.Contains(Phase.Finish)
                && declared[found.Dependent.ObjectId].Kind is var kind
                && (kind == ObjectKind.Hwpt || kind == ObjectKind.HwptNested);
            if (isHwpt && reached.Add(found.Dependent.ObjectId))
            {
                open.Push(found.Dependent.ObjectId);
            }
        }

        while (open.TryPop(out ObjectId next))
        {
            foreach (Dependency dependency in declared.DependenciesOf(next))
            {
                if (!dependency.On.IsSession
                    && dependency.Phases.Contains(Phase.Finish)
                    && reached.Add(dependency.On.ObjectId))
                {
                    open.Push(dependency.On.ObjectId);
                }
            }
        }

        return reached;
    }

    private static void AddNotWalked(
        SessionSet set, Dictionary<ObjectId, WalkedDomain> walked, DiagnosticList diagnostics)
    {
        if (!set.Census.HasPageTables)
        {
            return;
        }

        int count = 0;
        string? reason = null;
        for (int i = 0; i < set.Objects.Length; i++)
        {
            if (IsNotWalked(set, i, walked, out WalkedDomain? found))
            {
                count++;
                reason ??= found?.WhyNot;
            }
        }

        if (count > 0)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.PageTablesNotWalked, DiagnosticSeverity.Warning)
            {
                Subjects = NotWalked(set, walked, Math.Min(count, SubjectsMax)),
                Facts = reason is null
                    ? [new("count", count)]
                    : [new("count", count), new("reason", reason)],
            });
        }
    }

    private static ImmutableArray<string> NotWalked(
        SessionSet set, Dictionary<ObjectId, WalkedDomain> walked, int count)
    {
        string[] domains = new string[count];
        int named = 0;
        for (int i = 0; named < count; i++)
        {
            if (IsNotWalked(set, i, walked, out _))
            {
                domains[named++] = set.NameOf(new ObjectId(i));
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(domains);
    }

    private static bool IsNotWalked(
        SessionSet set, int id, Dictionary<ObjectId, WalkedDomain> walked, out WalkedDomain? found)
    {
        found = null;
        ref readonly PreservedObject asked = ref set.Objects.ItemRef(id);
        return asked.Facts.PageTable is not null
            && asked.Kind == ObjectKind.IommuDomain
            && (!walked.TryGetValue(new ObjectId(id), out found) || found.WhyNot is not null);
    }
}
