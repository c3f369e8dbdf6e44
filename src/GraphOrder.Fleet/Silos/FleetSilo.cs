using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using GraphOrder.Cli;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace GraphOrder.Fleet;

/// <summary>Builds a silo: what it stores in, what updates hosts, what it tells of itself.</summary>
internal sealed class FleetSilo
{
    private const string Address = "Orleans:Endpoints:AdvertisedIPAddress";

    private bool _isUp;

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
        IHost host = Build();
        try
        {
            EndpointOptions ends = host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
            IPAddress own = ends.AdvertisedIPAddress;
            DemandFree("--port", ends.GatewayListeningEndpoint ?? new(own, ends.GatewayPort));
            DemandFree("--silo-port", ends.SiloListeningEndpoint ?? new(own, ends.SiloPort));
            await host.StartAsync(cancellation);
            _isUp = true;
            return host;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            host.Dispose();
            throw failed as ToolException ?? StoreFailure(failed) ?? ToolException.Peer(
                $"The silo cannot start: {PeerFailure.Of(failed)}. --verbose says more.");
        }
    }

    private ToolException? StoreFailure(Exception failed) => failed.GetBaseException() is SqliteException why
        ? ToolException.File(
            $"What the fleet has stored in '{Printable.Of(State.Database)}' cannot be read: "
            + $"{Printable.Of(why.Message).TrimEnd('.')}. Bring back a copy of the folder, or name another "
            + "with --state.")
        : null;

    // Orleans opens its ports so that two processes may have one, and each would get some of the calls.
    private static void DemandFree(string option, IPEndPoint place)
    {
        using Socket socket = new(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(place);
        }
        catch (SocketException other) when (other.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            throw ToolException.Peer(
                $"This machine has no address {place.Address}. Check Orleans:Endpoints in the "
                + "configuration.");
        }
        catch (SocketException taken)
        {
            throw ToolException.Peer(
                $"Port {place.Port} cannot be had: {taken.Message}. Another fleet may run here; end it, or "
                + $"name another port with {option}.");
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

        if (builder.Configuration[Address] is { } address && !IPAddress.TryParse(address, out _))
        {
            throw ToolException.Usage($"{Address} is no address: '{Printable.Of(address)}'.");
        }

        builder.Logging.ClearProviders();
        // Why it did not start is one sentence, and no trace of each part that then cannot.
        bool isVerbose = Fleet.IsVerbose(Parsed);
        LogLevel least = isVerbose ? LogLevel.Information : LogLevel.Error;
        builder.Logging.AddFilter((_, level) => level >= least && (isVerbose || _isUp));
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
