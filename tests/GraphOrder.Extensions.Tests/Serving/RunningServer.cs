namespace GraphOrder.Extensions.Tests.Serving;

/// <summary>A server in this process, on a path of its own, ended with the test.</summary>
internal sealed class RunningServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("graph-order-");
    private readonly CancellationTokenSource _stop = new();
    private readonly SocketServer _server;
    private readonly Task _running;

    public RunningServer(ServerOptions? options = null, RequestEngine? engine = null)
    {
        Engine = engine ?? new RequestEngine();
        Path = System.IO.Path.Combine(_folder.FullName, "s");
        _server = SocketServer.Open(Engine, Path, options);
        _running = _server.RunAsync(_stop.Token);
    }

    public RequestEngine Engine { get; }

    public string Path { get; }

    public int ConnectionCount => _server.ConnectionCount;

    public long HeldByteCount => _server.Held.Count;

    public Task BeginStop()
    {
        _stop.Cancel();
        return _running;
    }

    public void Dispose()
    {
        Assert.That(BeginStop().Wait(TimeSpan.FromSeconds(30)), Is.True, "the server ends");
        _server.Dispose();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }
}
