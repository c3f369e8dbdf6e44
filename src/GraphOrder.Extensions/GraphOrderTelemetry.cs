using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GraphOrder.Extensions;

/// <summary>
/// What GraphOrder tells of itself: an <see cref="ActivitySource"/> and a <see cref="Meter"/>, both named
/// <see cref="Name"/>. Thread-safe.
/// </summary>
/// <remarks>
/// <c>graphorder.plans</c> and <c>graphorder.plan.duration</c> (seconds) have the tags <c>model</c> and
/// <c>legal</c>; <c>graphorder.refusals</c> counts the errors of refused plans by <c>code</c>;
/// <c>graphorder.walk.bytes</c> counts the bytes that the walked page tables of planned sets map;
/// <c>graphorder.requests</c> and <c>graphorder.request.duration</c> have <c>request</c> and <c>status</c>.
/// </remarks>
public sealed class GraphOrderTelemetry : IDisposable
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "GraphOrder";

    private readonly Meter? _own;
    private readonly Counter<long> _plans;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _walkBytes;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _planDuration;
    private readonly Histogram<double> _requestDuration;

    /// <summary>Instruments of a host.</summary>
    /// <param name="meters">Makes the meter, and disposes of it; null for one of its own.</param>
    public GraphOrderTelemetry(IMeterFactory? meters = null)
    {
        Meter meter = meters?.Create(Name) ?? (_own = new Meter(Name));
        _plans = meter.CreateCounter<long>("graphorder.plans", "{plan}", "Plans asked for.");
        _refusals = meter.CreateCounter<long>(
            "graphorder.refusals", "{error}", "Errors of refused plans, by code.");
        _walkBytes = meter.CreateCounter<long>(
            "graphorder.walk.bytes", "By", "Bytes that walked page tables of planned sets map.");
        _requests = meter.CreateCounter<long>("graphorder.requests", "{request}", "Requests answered.");
        _planDuration = meter.CreateHistogram<double>("graphorder.plan.duration", "s", "Time of a plan.");
        _requestDuration = meter.CreateHistogram<double>(
            "graphorder.request.duration", "s", "Time of a request, from its last byte to its answer.");
    }

    /// <summary>The source of activities.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    internal void CountPlan(SessionSet set, PlanResult result, TimeSpan spent)
    {
        KeyValuePair<string, object?> model = new("model", result.Model);
        KeyValuePair<string, object?> legal = new("legal", result.IsLegal);
        _plans.Add(1, model, legal);
        _planDuration.Record(spent.TotalSeconds, model, legal);
        foreach (WalkedDomain walked in set.Walked)
        {
            foreach (MappedOwner owner in walked.Owners)
            {
                _walkBytes.Add(owner.Bytes);
            }
        }

        foreach (Diagnostic found in result.IsLegal ? [] : result.Diagnostics)
        {
            if (found.IsError)
            {
                _refusals.Add(1, new KeyValuePair<string, object?>("code", found.Code.Text()));
            }
        }
    }

    internal void CountRequest(string? kind, RequestStatus status, TimeSpan spent)
    {
        KeyValuePair<string, object?> request = new("request", kind ?? "unknown");
        KeyValuePair<string, object?> outcome = new("status", (int)status);
        _requests.Add(1, request, outcome);
        _requestDuration.Record(spent.TotalSeconds, request, outcome);
    }
}
