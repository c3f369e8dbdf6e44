using System.Globalization;
using GraphOrder.Cli.Tests;

namespace GraphOrder.Fleet.Tests.Telemetry;

/// <summary>What a fleet tells of itself: metrics and traces, by a collector's protocol.</summary>
[TestFixture]
public sealed class ExportTests
{
    [Test]
    public void Metrics_and_traces_of_the_fleet_and_of_Orleans_come_to_a_collector()
    {
        using Scratch scratch = new();
        using Collector collector = new();
        FleetTool.Run("sample", scratch.File("hosts"), "--hosts", "20", "--domains", "4");
        Dictionary<string, string> environment = new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        };
        using FleetProcess fleet = FleetProcess.Start(
            environment, "--local", "--hosts", scratch.File("hosts"), "--practice", "0").Ready();
        new FleetAsker("--port", fleet.Port.ToString(CultureInfo.InvariantCulture)).Do("rollout", "start", "r", "--settle", "0");

        string[] metrics =
        [
            "graphorder.fleet.plans", "graphorder.fleet.plan.duration", "graphorder.fleet.updates", "graphorder.fleet.permits",
            "orleans-grains",
        ];
        foreach (string metric in metrics)
        {
            Assert.That(collector.Takes("/v1/metrics", metric), Is.True, metric);
        }

        Assert.That(collector.Takes("/v1/traces", "graphorder.fleet.plan"));
        Assert.That(collector.Takes("/v1/traces", "IHostGrain/DeclareAsync"));
    }
}
