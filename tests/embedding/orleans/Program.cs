// Runs a silo with nothing but the package, declares a session set as a host's, and prints its digest.
using System.Net;
using System.Net.Sockets;
using GraphOrder.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

string folder = Directory.CreateTempSubdirectory("graph-order-silo-").FullName;
try
{
    using FileEventLog events = new(Path.Combine(folder, "events.jsonl"));
    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.ClearProviders();
    builder.UseOrleans(silo => silo
        .UseLocalhostClustering(FreePort(), FreePort())
        .UseInMemoryReminderService()
        .AddSqliteGrainStorageAsDefault(Path.Combine(folder, "fleet.db"))
        .AddGraphOrderFleet(events));
    using IHost host = builder.Build();
    await host.StartAsync();
    IHostGrain grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IHostGrain>("rack-1/a");
    HostStanding standing = await grain.DeclareAsync(File.ReadAllBytes(args[0]));
    Console.Write(standing.Input);
    await host.StopAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static int FreePort()
{
    using TcpListener listener = new(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
