using System.CommandLine;
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
            string place = isClustered
                ? $"No silo of the fleet answers ({PeerFailure.Of(failed)}). "
                    + "Check --redis or --config, and that a silo runs: graph-order fleet silo"
                : $"No fleet answers on port {port} of this machine. Start one: graph-order fleet --local "
                    + "--hosts DIR";
            throw ToolException.Peer(place + ".");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
