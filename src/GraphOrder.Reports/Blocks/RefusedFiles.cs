namespace GraphOrder.Reports;

/// <summary>
/// Which files of a set the two kernels would refuse: what the diagnostics say, and kinds without a handler
/// counted in the set itself. Immutable.
/// </summary>
internal sealed class RefusedFiles
{
    public RefusedFiles(DependencyGraph graph, KernelPair kernels, IReadOnlyList<Diagnostic> diagnostics)
    {
        bool[] isRefused = new bool[graph.ObjectCount];
        SortedSet<DiagnosticCode> codes = [];
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (!diagnostic.Code.IsKernelRefusal())
            {
                continue;
            }

            codes.Add(diagnostic.Code);
            foreach (string subject in diagnostic.Subjects)
            {
                if (diagnostic.Code != DiagnosticCode.NoHandler
                    && graph.Set.TryFind(subject, out ObjectId id) && graph[id].IsFile)
                {
                    isRefused[id.Index] = true;
                }
            }
        }

        HashSet<ObjectKind> withoutHandler = [];
        HashSet<ObjectKind> notHandedOver = [];
        for (int i = 0; i < graph.ObjectCount; i++)
        {
            PreservedObject file = graph[new ObjectId(i)];
            if (!file.IsFile)
            {
                continue;
            }

            FileCount++;
            if (!kernels.HandsOver(file.Kind))
            {
                bool oldHandles = kernels.Old.Handles(file.Kind);
                _ = oldHandles ? notHandedOver.Add(file.Kind) : withoutHandler.Add(file.Kind);
                codes.Add(DiagnosticCode.NoHandler);
                isRefused[i] = true;
            }

            Count += isRefused[i] ? 1 : 0;
        }

        Codes = [.. codes];
        OldKindsWithoutHandler = withoutHandler;
        NextKindsWithoutHandler = notHandedOver;
    }

    /// <summary>How many files the set has.</summary>
    public int FileCount { get; }

    /// <summary>How many of them a kernel would refuse.</summary>
    public int Count { get; }

    /// <summary>The codes that say so, sorted.</summary>
    public IReadOnlyList<DiagnosticCode> Codes { get; }

    /// <summary>The kinds that the old kernel has no handler for, in document order.</summary>
    public HashSet<ObjectKind> OldKindsWithoutHandler { get; }

    /// <summary>The kinds that the old kernel preserves and the next one does not know.</summary>
    public HashSet<ObjectKind> NextKindsWithoutHandler { get; }

    /// <summary>Whether both kernels accept the set as far as is known.</summary>
    public bool AreNone => Codes.Count == 0;
}
