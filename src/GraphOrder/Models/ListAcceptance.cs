namespace GraphOrder;

/// <summary>What a kernel's lists hold, where they end, and what searching them costs.</summary>
internal static class ListAcceptance
{
    private const long ComparisonsMax = 1_000_000_000;

    public static void Check(
        SessionSet set, KernelProfile kernel, DiagnosticList diagnostics, AcceptanceScratch scratch)
    {
        KernelLimits limits = kernel.Limits;
        Span<int> fileCounts = scratch.Counts(set.Sessions.Length);
        long flbCount = 0;
        bool hasFlbs = set.Census.Has(ObjectKind.Flb);
        foreach (ref readonly PreservedObject found in set.Objects.AsSpan())
        {
            flbCount += hasFlbs && found.Kind == ObjectKind.Flb ? 1 : 0;
            if (found.Session is { } session)
            {
                fileCounts[session.Index]++;
            }
        }

        CheckCount(
            DiagnosticCode.TooManySessions,
            null,
            set.Sessions.Length,
            limits.SessionsMax,
            kernel,
            diagnostics);
        CheckCount(DiagnosticCode.TooManyFlbs, null, flbCount, limits.FlbsMax, kernel, diagnostics);
        for (int i = 0; i < fileCounts.Length; i++)
        {
            CheckFiles(set, new SessionId(i), fileCounts[i], kernel, diagnostics);
        }

        CheckComparisons(null, "The names of the sessions", set.Sessions.Length, diagnostics);
        if (set.Sessions.Length > 0 && set.Sessions.Length % limits.SessionsPerBlock == 0)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.BlockEdge, DiagnosticSeverity.Info)
            {
                Facts = [new("count", set.Sessions.Length), new("perBlock", limits.SessionsPerBlock)],
            });
        }
    }

    private static void CheckFiles(
        SessionSet set, SessionId session, long count, KernelProfile kernel, DiagnosticList diagnostics)
    {
        if (count > kernel.Limits.FilesMax || Comparisons(count) > ComparisonsMax)
        {
            string name = SessionSet.SessionPrefix + set.NameOf(session);
            CheckCount(
                DiagnosticCode.TooManyFiles, name, count, kernel.Limits.FilesMax, kernel, diagnostics);
            CheckComparisons(name, $"The tokens of {name}", count, diagnostics);
        }
    }

    private static void CheckCount(
        DiagnosticCode code,
        string? subject,
        long count,
        long limit,
        KernelProfile kernel,
        DiagnosticList diagnostics)
    {
        if (count > limit)
        {
            diagnostics.Add(new Diagnostic(code, DiagnosticSeverity.Warning)
            {
                Subjects = subject is null ? [] : [subject],
                Facts =
                [
                    new("count", count),
                    new("limit", limit),
                    new("release", kernel.Release),
                    new("kernel", kernel.Title),
                    new("errno", "ENOSPC"),
                ],
            });
        }
    }

    // The n-th name is compared with all that are there.
    private static long Comparisons(long count) => count * (count - 1) / 2;

    private static void CheckComparisons(string? subject, string what, long count, DiagnosticList diagnostics)
    {
        long comparisons = Comparisons(count);
        if (comparisons > ComparisonsMax)
        {
            diagnostics.Add(new Diagnostic(DiagnosticCode.SlowLists, DiagnosticSeverity.Warning)
            {
                Subjects = subject is null ? [] : [subject],
                Facts = [new("what", what), new("count", count), new("comparisons", comparisons)],
            });
        }
    }
}
