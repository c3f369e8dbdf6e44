using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GraphOrder.Extensions;

/// <summary>
/// Answers requests over a Unix stream socket: a request a line (<c>graphorder/request/1</c>), an answer a
/// line, <c>{"id":…,"status":…,"answer":{…}}</c> with the document that the engine gives, its line ends and
/// indentation left out.
/// </summary>
/// <remarks>
/// <para>A connection's requests are answered one after another, and the next one is not read before the
/// answer has been taken; connections run side by side, and what one does costs the others nothing but
/// processor time. <c>watch</c> sends a line for each change of the growing graph; who is slow loses lines
/// and is told how many.</para>
/// <para>Who may ask: root, the user as whom the server runs, and those that the options name, as the kernel
/// says it of the connection (SO_PEERCRED). One call of <see cref="RunAsync"/>; everything else is
/// thread-safe.</para>
/// </remarks>
/// <example>
/// <code>
/// using SocketServer server = SocketServer.Open(engine, "/run/agent/graph-order.sock");
/// await server.RunAsync(stopping);
/// </code>
/// </example>
public sealed class SocketServer : IDisposable
{
    private static readonly TimeSpan LookTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryTime = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LastWordTime = TimeSpan.FromSeconds(1);

    private readonly ListeningSocket _listening;
    private readonly ServiceManager _manager;
    private readonly uint _ownUser;
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly ConcurrentDictionary<WatchQueue, bool> _watchers = new();
    private volatile bool _isStopping;
    private long _answered;
    private int _count;

    private SocketServer(
        RequestEngine engine,
        ListeningSocket listening,
        ServiceManager manager,
        ServerOptions options,
        TimeProvider time,
        ILogger? logger,
        GraphOrderTelemetry? telemetry)
    {
        Engine = engine;
        Telemetry = telemetry;
        Logger = logger ?? NullLogger.Instance;
        Options = options;
        Time = time;
        Held = new HeldBytes(options.HeldBytesMax);
        _listening = listening;
        _manager = manager;
        _ownUser = PeerUser.OfThisProcess();
        engine.Changed += Tell;
    }

    /// <summary>How many clients are connected.</summary>
    public int ConnectionCount => Volatile.Read(ref _count);

    internal RequestEngine Engine { get; }

    internal GraphOrderTelemetry? Telemetry { get; }

    internal ILogger Logger { get; }

    internal ServerOptions Options { get; }

    internal TimeProvider Time { get; }

    internal HeldBytes Held { get; }

    internal bool IsStopping => _isStopping;

    /// <summary>
    /// Listens; clients wait until <see cref="RunAsync"/>. What systemd says in the environment
    /// (<c>LISTEN_FDS</c>, <c>NOTIFY_SOCKET</c>, <c>WATCHDOG_USEC</c>) is for this server, and is taken out.
    /// </summary>
    /// <param name="engine">What answers.</param>
    /// <param name="path">
    /// Where; null for the socket that systemd hands over, which also goes before a path.
    /// </param>
    /// <param name="options">Limits and users; null for the usual ones.</param>
    /// <param name="time">The clock of all limits; null for the system's.</param>
    /// <param name="logger">Where it logs; null for nowhere.</param>
    /// <param name="telemetry">What counts requests; null for nothing.</param>
    /// <exception cref="ServingException">It cannot listen there.</exception>
    public static SocketServer Open(
        RequestEngine engine,
        string? path,
        ServerOptions? options = null,
        TimeProvider? time = null,
        ILogger? logger = null,
        GraphOrderTelemetry? telemetry = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= ServerOptions.Default;
        ServiceManager manager = ServiceManager.FromEnvironment();
        ListeningSocket listening = manager.Descriptor is { } descriptor
            ? ListeningSocket.Inherited(descriptor)
            : path is not null ? ListeningSocket.At(path, forEverybody: !options.AllowedUsers.IsEmpty)
            : throw new ServingException(
                "No socket was handed over, and no path is given. Name a path, or start it by a socket "
                + "unit.");
        return new SocketServer(
            engine, listening, manager, options, time ?? TimeProvider.System, logger, telemetry);
    }

    /// <summary>
    /// Serves until it is told to stop; then it takes no more clients and no more requests, answers what
    /// runs, and ends.
    /// </summary>
    /// <param name="stop">Tells it to stop.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenSource ended = new();
        Task looking = LookAsync(ended.Token);
        Task living = _manager.WatchdogTime is { } each ? LiveAsync(each, ended.Token) : Task.CompletedTask;
        GraphOrderLog.Serving(Logger, _listening.Name, Engine.Kernels.ModelName);
        _manager.Say("READY=1");
        await AcceptAsync(stop);
        _manager.Say("STOPPING=1");
        _isStopping = true;
        _listening.Dispose();
        GraphOrderLog.Served(Logger, ConnectionCount);
        await StopAsync();
        await ended.CancelAsync();
        await Task.WhenAll(looking, living);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Changed -= Tell;
        _listening.Dispose();
    }

    internal void NoteAnswer() => Interlocked.Increment(ref _answered);

    internal WatchQueue Watch()
    {
        WatchQueue watched = new(Options.WatchLineCountMax);
        _watchers.TryAdd(watched, true);
        return watched;
    }

    internal void Leave(Connection connection, WatchQueue? watched)
    {
        if (watched is not null)
        {
            _watchers.TryRemove(watched, out _);
        }

        _connections.TryRemove(connection, out _);
        Interlocked.Decrement(ref _count);
    }

    private void Tell(ReadOnlyMemory<byte> change)
    {
        if (!_watchers.IsEmpty)
        {
            long version = Engine.Version;
            foreach ((WatchQueue watched, _) in _watchers)
            {
                watched.Add(version, change);
            }
        }
    }

    private async Task AcceptAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Begin(await _listening.Socket.AcceptAsync(stop));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Too many descriptors, or a client that has left already. Those that wait are not lost.
                await Task.Delay(RetryTime, Time, CancellationToken.None);
            }
        }
    }

    private void Begin(Socket accepted)
    {
        Connection connection = new(accepted, this);
        int count = Interlocked.Increment(ref _count);
        string? refusal = count > Options.ConnectionCountMax
            ? $"There are {Options.ConnectionCountMax} connections. Close one, or raise the limit."
            : RefusalOf(accepted);
        if (refusal is not null)
        {
            GraphOrderLog.TurnedAway(Logger, refusal);
        }

        _connections[connection] = Task.CompletedTask;
        Task running = Task.Run(() =>
            refusal is null ? connection.RunAsync() : connection.RefuseAsync(refusal));
        _connections.TryUpdate(connection, running, Task.CompletedTask);
    }

    private string? RefusalOf(Socket accepted)
    {
        uint? user;
        try
        {
            user = PeerUser.Of(accepted);
        }
        catch (SocketException)
        {
            user = null;
        }

        bool isAllowed = user is { } known
            && (known == PeerUser.Root || known == _ownUser || Options.AllowedUsers.Contains(known));
        return isAllowed ? null
            : $"User {user?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} may not "
                + "ask here. Let the server allow him.";
    }

    private async Task LookAsync(CancellationToken ended)
    {
        using PeriodicTimer timer = new(LookTime, Time);
        RestingMemory resting = new(Options.RestTime, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                foreach ((Connection connection, _) in _connections)
                {
                    connection.Look();
                }

                resting.Look(Interlocked.Read(ref _answered));
            }
        }
        catch (OperationCanceledException)
        {
            // All is over.
        }
    }

    // Said from the same threads that answer: where those hang, the manager hears nothing.
    private async Task LiveAsync(TimeSpan each, CancellationToken ended)
    {
        using PeriodicTimer timer = new(each, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                _manager.Say("WATCHDOG=1");
            }
        }
        catch (OperationCanceledException)
        {
            // All is over.
        }
    }

    private async Task StopAsync()
    {
        foreach ((Connection connection, _) in _connections)
        {
            connection.Stop();
        }

        if (await HaveEndedAsync(Options.StopTime))
        {
            return;
        }

        foreach ((Connection connection, _) in _connections)
        {
            connection.Cancel();
        }

        if (await HaveEndedAsync(LastWordTime))
        {
            return;
        }

        foreach ((Connection connection, _) in _connections)
        {
            connection.Abort();
        }

        await Task.WhenAll(_connections.Values);
    }

    private async Task<bool> HaveEndedAsync(TimeSpan time)
    {
        Task all = Task.WhenAll(_connections.Values);
        return await Task.WhenAny(all, Task.Delay(time, Time, CancellationToken.None)) == all;
    }
}
