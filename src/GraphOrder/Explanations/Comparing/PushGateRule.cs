namespace GraphOrder;

/// <summary>
/// The push gate of the mail as a rule over a whole set: every file that an HWPT's IOAS needs is in the
/// HWPT's session. An HWPT owns its domain, so what the domain maps counts as well, and where a set has a
/// domain without an HWPT, the domain stands for it.
/// </summary>
internal static class PushGateRule
{
    /// <summary>Adds an error for each file that the gate would miss. O(V + E).</summary>
    public static void Check(DependencyGraph graph, DiagnosticList diagnostics)
    {
        bool[] isOwned = new bool[graph.ObjectCount];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            if (graph[new ObjectId(i)].Kind == ObjectKind.Hwpt)
            {
                CheckHwpt(graph, new ObjectId(i), isOwned, diagnostics);
            }
        }

        for (int i = 0; i < graph.ObjectCount; i++)
        {
            ObjectId domain = new(i);
            if (graph[domain].Kind == ObjectKind.IommuDomain && !isOwned[i])
            {
                CheckFiles(graph, domain, domain, [], diagnostics);
            }
        }
    }

    private static void CheckHwpt(
        DependencyGraph graph, ObjectId hwpt, bool[] isOwned, DiagnosticList diagnostics)
    {
        HashSet<ObjectId> missing = [];
        foreach (Dependency dependency in graph.DependenciesOf(hwpt))
        {
            if (dependency.On.IsSession)
            {
                continue;
            }

            ObjectId needed = dependency.On.ObjectId;
            ObjectKind kind = graph[needed].Kind;
            if (kind == ObjectKind.Ioas || kind == ObjectKind.IommuDomain)
            {
                isOwned[needed.Index] = true;
                CheckFiles(graph, hwpt, needed, missing, diagnostics);
            }
        }
    }

    private static void CheckFiles(
        DependencyGraph graph,
        ObjectId admitted,
        ObjectId mapper,
        HashSet<ObjectId> missing,
        DiagnosticList diagnostics)
    {
        foreach (Dependency dependency in graph.DependenciesOf(mapper))
        {
            if (!dependency.On.IsSession && !DeviceMappings.IsDescription(dependency))
            {
                CheckFile(graph, admitted, mapper, dependency.On.ObjectId, missing, diagnostics);
            }
        }

        foreach (IoasArea area in graph[mapper].Facts.Areas)
        {
            CheckFile(graph, admitted, mapper, area.File, missing, diagnostics);
        }
    }

    private static void CheckFile(
        DependencyGraph graph,
        ObjectId admitted,
        ObjectId mapper,
        ObjectId needed,
        HashSet<ObjectId> missing,
        DiagnosticList diagnostics)
    {
        if (graph.SessionOf(needed) is { } other
            && graph.SessionOf(admitted) is { } own
            && own != other
            && missing.Add(needed))
        {
            SessionSet set = graph.Set;
            diagnostics.Add(new Diagnostic(DiagnosticCode.NotPushed, DiagnosticSeverity.Error)
            {
                Subjects = [set.NameOf(admitted), set.NameOf(needed)],
                Facts =
                [
                    new("session", set.NameOf(own)),
                    new("through", mapper == admitted ? "" : set.NameOf(mapper)),
                    new("otherSession", set.NameOf(other)),
                ],
                Location = graph[mapper].Location,
            });
        }
    }
}
