using System.Diagnostics;
using System.Diagnostics.Metrics;
using GraphOrder.Extensions.Tests.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions.Tests;

[TestFixture]
[NonParallelizable]
public sealed class TelemetryTests
{
    [Test]
    public void Plans_and_refusals_are_counted_timed_traced_and_logged()
    {
        Heard heard = new();
        using MeterListener meters = Listen(heard);
        using ActivityListener activities = new()
        {
            ShouldListenTo = source => source.Name == "GraphOrder",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = heard.Activities.Add,
        };
        ActivitySource.AddActivityListener(activities);
        using ServiceProvider provider = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(heard).SetMinimumLevel(LogLevel.Debug))
            .AddGraphOrder()
            .BuildServiceProvider();
        GraphOrderService service = provider.GetRequiredService<GraphOrderService>();

        service.Plan(SessionSetGenerator.Generate("star", new GeneratorOptions { Objects = 3 }));
        service.Plan(SessionSetGenerator.Generate("cycle", new GeneratorOptions { Objects = 3 }));

        Assert.That(heard.Numbers.Count(each => each.Name == "graphorder.plans"), Is.EqualTo(2));
        Assert.That(heard.Numbers.Count(each => each.Name == "graphorder.plan.duration" && each.Value > 0), Is.EqualTo(2));
        Assert.That(heard.Numbers.Count(each => each.Name == "graphorder.refusals"), Is.Positive);
        Assert.That(
            heard.Activities.Select(each => each.GetTagItem("graphorder.legal")), Is.EquivalentTo(new[] { true, false }));
        Assert.That(heard.Lines, Has.Some.StartsWith("Planned 3 objects under linux-7.3"));
        Assert.That(heard.Lines, Has.Some.StartsWith("No legal plan of 3 objects under linux-7.3: GO2"));
    }

    [Test]
    public void Requests_over_the_socket_are_counted_by_kind_and_status()
    {
        Heard heard = new();
        using MeterListener meters = Listen(heard);
        using GraphOrderTelemetry telemetry = new();
        string folder = Directory.CreateTempSubdirectory("graph-order-").FullName;
        using CancellationTokenSource stop = new();
        using SocketServer server = SocketServer.Open(
            new RequestEngine(), Path.Combine(folder, "s"), logger: heard, telemetry: telemetry);
        Task running = server.RunAsync(stop.Token);
        using (Client client = new(Path.Combine(folder, "s")))
        {
            client.Ask("{\"request\":\"plan\"}");
            client.Ask("{\"request\":\"pla\"}");
        }

        stop.Cancel();
        Assert.That(running.Wait(TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(
            heard.Numbers.Where(each => each.Name == "graphorder.requests").Select(each => each.Tags),
            Is.EqualTo(new[] { "request=plan,status=0", "request=unknown,status=2" }));
        Assert.That(heard.Lines, Has.Some.StartsWith("Serving requests on "));
        Directory.Delete(folder);
    }

    [Test]
    public void Models_are_services_by_their_names()
    {
        using ServiceProvider provider = new ServiceCollection().AddGraphOrder().BuildServiceProvider();

        Assert.That(provider.GetRequiredKeyedService<KernelPair>("linux-7.3:linux-next").ModelName, Is.EqualTo("linux-7.3:linux-next"));
        GraphOrderService explicitly = provider.GetRequiredKeyedService<GraphOrderService>("explicit-graph");
        Assert.That(explicitly.Kernels.ModelName, Is.EqualTo("explicit-graph"));
        Assert.That(provider.GetRequiredKeyedService<GraphOrderService>("explicit-graph"), Is.SameAs(explicitly));
        Assert.That(provider.GetRequiredService<GraphOrderService>().Kernels.ModelName, Is.EqualTo("linux-7.3"));
        Assert.That(
            () => provider.GetRequiredKeyedService<GraphOrderService>("linux-nxt"),
            Throws.TypeOf<RequestException>().With.Message.Contains("Did you mean 'linux-next'?"));
    }

    [Test]
    public void A_host_with_wrong_options_does_not_start()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddGraphOrder(options => options.Model = "nothing");
        using IHost host = builder.Build();
        HostApplicationBuilder second = Host.CreateEmptyApplicationBuilder(null);
        second.Services.AddGraphOrderServer(
            options => options.Limits = ServerOptions.Default with { LineBytesMax = 0 });
        using IHost server = second.Build();

        Assert.That(
            () => host.StartAsync(),
            Throws.TypeOf<OptionsValidationException>()
                .With.Message.Contains("GraphOrderOptions.Model cannot be 'nothing'."));
        Assert.That(() => server.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("LineBytesMax must be positive"));
    }

    [TestCase("7.3.4", HealthStatus.Healthy)]
    [TestCase("7.3.4-1-amd64", HealthStatus.Healthy)]
    [TestCase("7.3.41", HealthStatus.Degraded)]
    [TestCase("6.12.0", HealthStatus.Degraded)]
    public async Task The_health_check_says_which_kernels_it_assumes(string running, HealthStatus status)
    {
        GraphOrderHealthCheck check = new(KernelPair.Linux73, new RequestEngine(), () => running);

        HealthCheckResult result = await check.CheckHealthAsync(new HealthCheckContext());

        Assert.That(result.Status, Is.EqualTo(status));
        Assert.That(result.Description, Does.StartWith("GraphOrder plans from 7.3.4 to 7.3.4 under linux-7.3"));
        Assert.That(result.Data["running"], Is.EqualTo(running));
        Assert.That(result.Data["version"], Is.EqualTo(0L));
    }

    private static MeterListener Listen(Heard heard)
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "GraphOrder")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => heard.Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => heard.Note(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private sealed class Heard : ILogger, ILoggerProvider
    {
        public List<(string Name, double Value, string Tags)> Numbers { get; } = [];

        public List<Activity> Activities { get; } = [];

        public List<string> Lines { get; } = [];

        public void Note(
            Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string text = string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            lock (Numbers)
            {
                Numbers.Add((instrument.Name, value, text));
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
