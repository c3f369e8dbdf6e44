using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace GraphOrder.Extensions;

/// <summary>
/// What systemd and a service say to one another: sockets that it hands over (sd_listen_fds(3)), and how far
/// the service is (sd_notify(3)). Where there is no systemd, nothing is said. Thread-safe.
/// </summary>
internal sealed class ServiceManager
{
    private const int FirstDescriptor = 3;

    private readonly string? _address;

    private ServiceManager(string? address) => _address = address;

    /// <summary>How often the manager wants to hear that the service lives; null where it does not.</summary>
    public TimeSpan? WatchdogTime { get; private init; }

    /// <summary>The socket that was handed over; null where none was.</summary>
    public int? Descriptor { get; private init; }

    /// <summary>Reads the environment, and clears it for whatever this process starts.</summary>
    /// <exception cref="ServingException">More than one socket was handed over.</exception>
    public static ServiceManager FromEnvironment()
    {
        bool isForMe = IsThisProcess(Taken("LISTEN_PID"));
        int count = int.TryParse(
            Taken("LISTEN_FDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int parsed)
            ? parsed
            : 0;
        Taken("LISTEN_FDNAMES");
        string? watchdogProcess = Taken("WATCHDOG_PID");
        bool isWatched = long.TryParse(
            Taken("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
            && microseconds > 0
            && (watchdogProcess is null || IsThisProcess(watchdogProcess));
        if (isForMe && count > 1)
        {
            throw new ServingException(
                $"{count} sockets were handed over, and one is served. Give the socket unit one "
                + "ListenStream=.");
        }

        string? address = Taken("NOTIFY_SOCKET");
        return new ServiceManager(address is ['/' or '@', _, ..] ? address : null)
        {
            Descriptor = isForMe && count == 1 ? FirstDescriptor : null,
            WatchdogTime = isWatched ? TimeSpan.FromMicroseconds(microseconds) / 2 : null,
        };
    }

    /// <summary>Says something, as <c>READY=1</c>.</summary>
    public void Say(string state)
    {
        if (_address is null)
        {
            return;
        }

        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            string place = _address[0] == '@' ? '\0' + _address[1..] : _address;
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(place));
        }
        catch (SocketException)
        {
            // A manager that does not listen is no reason to stop.
        }
    }

    private static string? Taken(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, null);
        return value;
    }

    private static bool IsThisProcess(string? id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
        && process == Environment.ProcessId;
}
