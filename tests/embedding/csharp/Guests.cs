using System.Text;
using GraphOrder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HostAgent;

/// <summary>
/// The agent's own work: it knows its guests, and says so when they come and go. Here they are two that share
/// memory; a real agent has a hypervisor to listen to.
/// </summary>
internal sealed partial class Guests(RequestEngine engine, ILogger<Guests> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Arrive("vm-01", sharing: null);
        Arrive("vm-02", sharing: "vm-01/ram");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Arrive(string name, string? sharing)
    {
        ChangeResult result = engine.Change((live, change) =>
        {
            SessionId session = change.AddSession(Encoding.UTF8.GetBytes(name));
            ObjectId ram = change.AddFile(session, Id(name, "ram"), ObjectKind.Memfd, token: 1);
            ObjectId iommufd = change.AddFile(session, Id(name, "iommufd"), ObjectKind.Iommufd, token: 2);
            ObjectId ioas = change.AddObject(iommufd, Id(name, "ioas"), ObjectKind.Ioas);
            change.Map(ioas, new IovaRange(0, 0x3FFF_FFFF), ram, offset: 0, Access.ReadWrite);
            if (sharing is not null && live.TryFind(Encoding.UTF8.GetBytes(sharing), out ObjectId shared))
            {
                change.Map(ioas, new IovaRange(0x1_0000_0000, 0x1_3FFF_FFFF), shared, 0, Access.ReadWrite);
            }
        });
        if (result.IsCommitted)
        {
            LogArrived(logger, name, engine.Version);
        }
        else
        {
            LogRefused(logger, name, DiagnosticSentences.Message(result.Diagnostics[0]));
        }
    }

    private static byte[] Id(string guest, string part) => Encoding.UTF8.GetBytes($"{guest}/{part}");

    [LoggerMessage(1, LogLevel.Information, "{Guest} is here; the graph is at version {Version}.")]
    private static partial void LogArrived(ILogger logger, string guest, long version);

    [LoggerMessage(2, LogLevel.Error, "{Guest} cannot come: {Reason}")]
    private static partial void LogRefused(ILogger logger, string guest, string reason);
}
