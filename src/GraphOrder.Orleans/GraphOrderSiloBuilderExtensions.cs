using GraphOrder.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Gives a silo the grains of GraphOrder.</summary>
public static class GraphOrderSiloBuilderExtensions
{
    /// <summary>
    /// Adds what the grains of hosts, failure domains and roll-outs need. The silo brings clustering, the
    /// default grain storage and reminders of its own choice, and an <see cref="IHostUpdater"/>; without one
    /// it plans hosts and starts no roll-out.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="log">Where events go.</param>
    /// <param name="configure">Says how often roll-outs look; null for the usual.</param>
    /// <returns>The silo, so that calls chain.</returns>
    public static ISiloBuilder AddGraphOrderFleet(
        this ISiloBuilder silo, IFleetEventLog log, Action<RolloutSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(log);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<IHostUpdater, AbsentUpdater>();
        silo.Services.TryAddSingleton<FleetTelemetry>();
        silo.Services.AddSingleton(log);
        silo.Services.AddOptions<RolloutSettings>().Configure(configure ?? (static _ => { }));
        return silo;
    }
}
