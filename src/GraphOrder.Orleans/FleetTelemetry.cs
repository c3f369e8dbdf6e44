using System.Diagnostics.Metrics;

namespace GraphOrder.Orleans;

/// <summary>
/// What a silo's grains tell of themselves, beside what Orleans does: a <see cref="Meter"/> named
/// <see cref="Name"/>. Thread-safe.
/// </summary>
/// <remarks>
/// <c>graphorder.fleet.plans</c> and <c>graphorder.fleet.plan.duration</c> (seconds, reading and writing the
/// documents included) have the tag <c>ready</c>; <c>graphorder.fleet.updates</c> counts ended updates by
/// <c>outcome</c>; <c>graphorder.fleet.permits</c> counts permits that were given.
/// </remarks>
public sealed class FleetTelemetry : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "GraphOrder.Orleans";

    private readonly Meter? _own;
    private readonly Counter<long> _plans;
    private readonly Histogram<double> _planDuration;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _permits;

    /// <summary>Instruments of a silo.</summary>
    /// <param name="meters">Makes the meter, and disposes of it; null for one of its own.</param>
    public FleetTelemetry(IMeterFactory? meters = null)
    {
        Meter meter = meters?.Create(Name) ?? (_own = new Meter(Name));
        _plans = meter.CreateCounter<long>("graphorder.fleet.plans", "{plan}", "Sets of hosts planned.");
        _planDuration = meter.CreateHistogram<double>(
            "graphorder.fleet.plan.duration", "s", "Time from a host's document to its plan's.");
        _updates = meter.CreateCounter<long>(
            "graphorder.fleet.updates", "{update}", "Updates of hosts that have ended.");
        _permits = meter.CreateCounter<long>(
            "graphorder.fleet.permits", "{permit}", "Permits that failure domains have given.");
    }

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    internal void CountPlan(bool isReady, TimeSpan spent)
    {
        KeyValuePair<string, object?> ready = new("ready", isReady);
        _plans.Add(1, ready);
        _planDuration.Record(spent.TotalSeconds, ready);
    }

    internal void CountUpdate(UpdateOutcome outcome) => _updates.Add(
        1, new KeyValuePair<string, object?>("outcome", outcome == UpdateOutcome.Done ? "done" : "failed"));

    internal void CountPermits(IReadOnlyList<FleetEvent> events)
    {
        int given = events.Count(static found => found.Kind == FleetEventKind.PermitGiven);
        if (given > 0)
        {
            _permits.Add(given);
        }
    }
}
