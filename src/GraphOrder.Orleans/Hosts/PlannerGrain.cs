using Orleans.Concurrency;

namespace GraphOrder.Orleans;

/// <summary>Plans in the memory that the plan before has left.</summary>
[StatelessWorker]
internal sealed class PlannerGrain : Grain, IPlannerGrain
{
    private readonly PlanWorkspace _workspace = new();

    /// <inheritdoc/>
    public Task<PlannedHost> PlanAsync(string host, byte[] document)
    {
        SessionSet read;
        try
        {
            read = SessionSet.Read(new MemoryStream(document), host);
        }
        catch (MalformedDocumentException malformed)
        {
            Diagnostic first = malformed.Diagnostics[0];
            throw new HostDocumentException(
                $"'{Printable.Of(host)}' {first.Location}: {first.Code.Text()}: "
                + DiagnosticSentences.Message(first));
        }

        PlanResult result = _workspace.Plan(
            DependencyGraph.Of(read), KernelPair.Of(read.Host), new PlanOptions { WithCertificate = true });
        HostAnswer answer = HostAnswer.Of(host, read, result);
        using MemoryStream plan = new();
        PlanWriter.Write(plan, result);
        return Task.FromResult(new PlannedHost(StandingOf(answer), plan.ToArray()));
    }

    private static HostStanding StandingOf(HostAnswer answer) => new()
    {
        Input = answer.Input?.ToString(),
        IsReady = answer.IsReady,
        Codes = [.. answer.Troubles.Select(static trouble => trouble.First.Code.Text()).Distinct()],
        Why = answer.Troubles is [var first, ..] ? DiagnosticSentences.Message(first.First) : "",
    };
}
