using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using GraphOrder.Extensions;
using Orleans.Concurrency;

namespace GraphOrder.Orleans;

/// <summary>Plans in the memory that the plan before has left.</summary>
[StatelessWorker]
[SuppressMessage("Design", "CA1001", Justification = "Its stream holds memory alone.")]
internal sealed class PlannerGrain(FleetTelemetry telemetry) : Grain, IPlannerGrain
{
    private readonly PlanWorkspace _workspace = new();
    private readonly MemoryStream _plan = new();

    /// <inheritdoc/>
    public Task<PlannedHost> PlanAsync(string host, byte[] document)
    {
        using Activity? activity = GraphOrderTelemetry.Source.StartActivity("graphorder.fleet.plan");
        long begun = Stopwatch.GetTimestamp();
        SessionSet read;
        try
        {
            read = SessionSet.Read(new MemoryStream(document), host);
        }
        catch (MalformedDocumentException malformed)
        {
            Diagnostic first = malformed.Diagnostics[0];
            throw new HostDocumentException(
                $"{first.Location}: {first.Code.Text()}: {DiagnosticSentences.Message(first)}")
            {
                OtherSchema = malformed.OtherSchema,
            };
        }

        PlanResult result = _workspace.Plan(
            DependencyGraph.Of(read), KernelPair.Of(read.Host), new PlanOptions { WithCertificate = true });
        HostAnswer answer = HostAnswer.Of(host, read, result);
        _plan.SetLength(0);
        PlanWriter.Write(_plan, result);
        activity?.SetTag("graphorder.ready", answer.IsReady);
        telemetry.CountPlan(answer.IsReady, Stopwatch.GetElapsedTime(begun));
        return Task.FromResult(new PlannedHost(StandingOf(answer), _plan.ToArray()));
    }

    private static HostStanding StandingOf(HostAnswer answer) => new()
    {
        Input = answer.Input?.ToString(),
        IsReady = answer.IsReady,
        Codes = [.. answer.Troubles.Select(static trouble => trouble.First.Code.Text()).Distinct()],
        Why = answer.Troubles is [var first, ..] ? DiagnosticSentences.Message(first.First) : "",
    };
}
