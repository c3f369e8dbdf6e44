using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions;

/// <summary>
/// Serves while the host runs: it listens when the host has started it, and has answered what runs when the
/// host has stopped it.
/// </summary>
internal sealed class GraphOrderServerService(
    RequestEngine engine,
    IOptions<GraphOrderServerOptions> options,
    ILogger<SocketServer> logger,
    GraphOrderTelemetry telemetry,
    TimeProvider time) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private SocketServer? _server;
    private Task _serving = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        GraphOrderServerOptions chosen = options.Value;
        _server = SocketServer.Open(engine, chosen.SocketPath, chosen.Limits, time, logger, telemetry);
        _serving = Task.Run(() => _server.RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _serving.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _server?.Dispose();
        _stop.Dispose();
    }
}
