using GraphOrder.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace GraphOrder.Fleet;

/// <summary>
/// Metrics and traces over OTLP, wherever OpenTelemetry's own variables of the environment name a collector
/// (<see href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/"/>); without one, nothing.
/// </summary>
internal static class FleetExport
{
    private const string TracedName = "GraphOrder";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds them.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        builder.Services.AddMetrics();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("graph-order-fleet"))
            .WithMetrics(static metrics => metrics.AddMeter("Microsoft.Orleans", FleetTelemetry.Name))
            .WithTracing(static traces => traces.AddSource(
                "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", TracedName))
            .UseOtlpExporter();
    }
}
