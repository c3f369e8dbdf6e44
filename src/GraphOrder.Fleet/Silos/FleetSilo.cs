using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using GraphOrder.Cli;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace GraphOrder.Fleet;

/// <summary>Builds a silo: what it stores in, what updates hosts, what it tells of itself.</summary>
internal sealed class FleetSilo
{
    /// <summary>Where the options of the command line stand.</summary>
    public required ParseResult Parsed { get; init; }

    /// <summary>Which fleet.</summary>
    public required FleetOptions Fleet { get; init; }

    /// <summary>How hosts are updated, and where it listens.</summary>
    public required SiloArguments Arguments { get; init; }

    /// <summary>What is kept.</summary>
    public required StateFolder State { get; init; }

    /// <summary>Whether it is a fleet of this process alone.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>Starts it.</summary>
    /// <exception cref="ToolException">It cannot listen, or where silos meet does not answer.</exception>
    public async Task<IHost> StartAsync(CancellationToken cancellation)
    {
        DemandFree("--port", Fleet.Port(Parsed));
        DemandFree("--silo-port", Arguments.SiloPort(Parsed));
        IHost host = Build();
        try
        {
            await host.StartAsync(cancellation);
            return host;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            host.Dispose();
            throw ToolException.Peer(
                $"The silo cannot start: {Printable.Of(failed.GetBaseException().Message)} --verbose says "
                + "more.");
        }
    }

    // Orleans opens its ports so that two processes may have one, and each would get some of the calls.
    private static void DemandFree(string option, int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
        }
        catch (SocketException taken)
        {
            throw ToolException.Peer(
                $"Port {port} cannot be had: {taken.Message}. Another fleet may run here; end it, or name "
                + $"another port with {option}.");
        }
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        Fleet.Configure(Parsed, builder.Configuration);
        AddTo(builder);
        return builder.Build();
    }

    private void AddTo(HostApplicationBuilder builder)
    {
        if (!IsLocal && !FleetOptions.IsClustered(builder.Configuration))
        {
            throw ToolException.Usage(
                "A silo needs to know where silos meet: give --redis ADDRESS, or a --config with "
                + "Orleans:Clustering. For one process alone: graph-order fleet --local --hosts DIR.");
        }

        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(Fleet.IsVerbose(Parsed) ? LogLevel.Information : LogLevel.Error);
        builder.Logging.AddSimpleConsole(static options => options.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            static options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        FleetExport.AddTo(builder);
        if (Arguments.Updater(Parsed) is { } updater)
        {
            builder.Services.AddSingleton(updater);
        }

        builder.UseOrleans(silo =>
        {
            int port = Fleet.Port(Parsed);
            int siloPort = Arguments.SiloPort(Parsed);
            if (IsLocal)
            {
                silo.UseLocalhostClustering(siloPort, port, null, "graph-order", "graph-order");
                silo.AddSqliteGrainStorageAsDefault(State.Database);
                silo.UseInMemoryReminderService();
            }
            else
            {
                silo.Configure<EndpointOptions>(options =>
                {
                    options.AdvertisedIPAddress ??= IPAddress.Loopback;
                    options.SiloPort = siloPort;
                    options.GatewayPort = port;
                });
                silo.Configure<ClusterMembershipOptions>(
                    builder.Configuration.GetSection("Orleans:Membership"));
            }

            silo.AddActivityPropagation();
            silo.AddGraphOrderFleet(
                State.Log, settings => builder.Configuration.GetSection("Fleet:Rollouts").Bind(settings));
        });
    }
}
