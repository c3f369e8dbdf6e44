using System.Runtime.ExceptionServices;

namespace GraphOrder;

/// <summary>
/// Plans many hosts side by side and puts those with the same trouble together: what <c>survey</c> shows. The
/// answer does not depend on how many run at once. Thread-safe.
/// </summary>
public static class SurveyRequest
{
    /// <summary>Answers all hosts.</summary>
    /// <param name="hosts">The hosts, and documents of which nobody knows yet whether they are one.</param>
    /// <param name="options">What is asked; null for the usual.</param>
    /// <param name="cancellation">Cancels all of it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>
    /// A set is let go once it is answered, so that memory is bounded by what runs at once. Examples are
    /// read again for their way out; one that has changed meanwhile gets none.
    /// </remarks>
    public static Survey Answer(
        IReadOnlyList<SurveyHost> hosts,
        SurveyOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        options ??= SurveyOptions.Default;
        HostAnswer?[] answers = new HostAnswer?[hosts.Count];
        LeftOutDocument?[] leftOut = new LeftOutDocument?[hosts.Count];
        Run(
            hosts.Count,
            options,
            (i, workspace) =>
                answers[i] = AnswerOf(hosts[i], options, workspace, out leftOut[i], cancellation),
            cancellation);
        Survey survey = Survey.Of(answers.OfType<HostAnswer>(), leftOut.OfType<LeftOutDocument>());
        return survey.With(WaysOut(survey, hosts, options, cancellation));
    }

    // Null for a document of another kind.
    private static HostAnswer? AnswerOf(
        SurveyHost host,
        SurveyOptions options,
        PlanWorkspace workspace,
        out LeftOutDocument? leftOut,
        CancellationToken cancellation)
    {
        leftOut = null;
        try
        {
            SessionSet set = host.Read(cancellation);
            PlanResult result = workspace.Plan(
                DependencyGraph.Of(set), KernelsOf(set, options), options.Plan, cancellation);
            return HostAnswer.Of(host.Name, set, result);
        }
        catch (MalformedDocumentException malformed)
        {
            if (malformed.OtherSchema is { } schema)
            {
                leftOut = new LeftOutDocument(host.Name, schema);
                return null;
            }

            return HostAnswer.Of(host.Name, HostVerdict.Malformed, malformed.Diagnostics);
        }
        catch (HostUnreadableException unreadable)
        {
            return HostAnswer.Of(host.Name, HostVerdict.Unreadable,
            [
                new Diagnostic(DiagnosticCode.DocumentUnreadable, DiagnosticSeverity.Error)
                {
                    Facts = [new("reason", unreadable.Reason)],
                },
            ]);
        }
    }

    // Only an order that does not exist has repairs. One example may serve several causes.
    private static SurveyWayOut?[] WaysOut(
        Survey survey, IReadOnlyList<SurveyHost> hosts, SurveyOptions options, CancellationToken cancellation)
    {
        SurveyWayOut?[] waysOut = new SurveyWayOut?[survey.Causes.Length];
        int[][] byExample =
        [
            .. Enumerable.Range(0, Math.Min(waysOut.Length, options.WayOutCountMax))
                .Where(i => survey.Hosts[survey.Causes[i].Example].Input is not null
                    && survey.Causes[i].Diagnostic.IsError)
                .GroupBy(i => survey.Causes[i].Example)
                .Select(static causes => causes.ToArray()),
        ];
        if (byExample.Length == 0)
        {
            return waysOut;
        }

        ILookup<string, SurveyHost> byName = hosts.ToLookup(
            static host => host.Name, StringComparer.Ordinal);
        Run(
            byExample.Length,
            options,
            (i, _) =>
            {
                HostAnswer example = survey.Hosts[survey.Causes[byExample[i][0]].Example];
                SurveyWayOut? wayOut = WayOutOf(byName[example.Host].First(), example, options, cancellation);
                foreach (int cause in byExample[i])
                {
                    waysOut[cause] = wayOut;
                }
            },
            cancellation);
        return waysOut;
    }

    private static SurveyWayOut? WayOutOf(
        SurveyHost host, HostAnswer example, SurveyOptions options, CancellationToken cancellation)
    {
        try
        {
            SessionSet set = host.Read(cancellation);
            PlanAnswer answer = PlanRequest.Answer(
                set, KernelsOf(set, options), options.Plan, cancellation: cancellation);
            int chosen = answer.Repairs.ChosenIndex;
            return chosen < 0 || !answer.Result.Input.Equals(example.Input)
                ? null
                : new SurveyWayOut(chosen + 1, answer.Repairs.Repairs[chosen]);
        }
        catch (Exception gone) when (gone is MalformedDocumentException or HostUnreadableException)
        {
            return null;
        }
    }

    private static KernelPair KernelsOf(SessionSet set, SurveyOptions options) =>
        options.Kernels ?? KernelPair.Of(set.Host);

    private static void Run(
        int count, SurveyOptions options, Action<int, PlanWorkspace> answer, CancellationToken cancellation)
    {
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = options.JobCount,
            CancellationToken = cancellation,
        };
        try
        {
            Parallel.For(
                0,
                count,
                parallel,
                static () => new PlanWorkspace(),
                (i, _, workspace) =>
                {
                    answer(i, workspace);
                    return workspace;
                },
                static _ => { });
        }
        catch (AggregateException several)
        {
            // The caller asked one question and gets one reason why there is no answer.
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
