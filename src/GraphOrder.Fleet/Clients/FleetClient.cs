using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using GraphOrder.Cli;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GraphOrder.Fleet;

/// <summary>A connection to a fleet that runs.</summary>
internal sealed class FleetClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHost _host;

    private FleetClient(IHost host) => _host = host;

    /// <summary>Where its grains are.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Connects.</summary>
    /// <exception cref="ToolException">Nobody answers.</exception>
    public static async Task<FleetClient> ConnectAsync(
        FleetOptions fleet, ParseResult parsed, CancellationToken cancellation)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        fleet.ConfigureClient(parsed, builder.Configuration);
        bool isClustered = FleetOptions.IsClustered(builder.Configuration);
        int port = fleet.Port(parsed);
        if (!isClustered && !await IsOpenAsync(port, cancellation))
        {
            throw NobodyOn(port);
        }

        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            if (!isClustered)
            {
                client.UseLocalhostClustering(port, "graph-order", "graph-order");
            }
        });
        IHost host = builder.Build();
        using CancellationTokenSource patience =
            CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await host.StartAsync(patience.Token);
            return new FleetClient(host);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            host.Dispose();
            throw isClustered
                ? ToolException.Peer(
                    $"No silo of the fleet answers ({PeerFailure.Of(failed)}). Check --redis or --config, "
                    + "and that a silo runs: graph-order fleet silo.")
                : NobodyOn(port);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    // Where nobody listens, Orleans would try for as long as it may.
    private static async Task<bool> IsOpenAsync(int port, CancellationToken cancellation)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static ToolException NobodyOn(int port) => ToolException.Peer(
        $"No fleet answers on port {port} of this machine. Start one: graph-order fleet --local "
        + "--hosts DIR.");
}
