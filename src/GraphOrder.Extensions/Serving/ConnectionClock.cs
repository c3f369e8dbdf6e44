namespace GraphOrder.Extensions;

/// <summary>What a connection is doing, for the clock that bounds it.</summary>
internal enum ConnectionState
{
    /// <summary>Nobody asks anything.</summary>
    Idle,

    /// <summary>Nobody asks anything, and changes are sent as they come.</summary>
    Watching,

    /// <summary>A request is on its way.</summary>
    Receiving,

    /// <summary>A request runs.</summary>
    Running,

    /// <summary>An answer is on its way.</summary>
    Sending,
}

/// <summary>
/// How long a connection may do what it does. One timer of the server looks at all of them, so that a request
/// costs no timer of its own. Thread-safe.
/// </summary>
internal sealed class ConnectionClock(ServerOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _request = new();
    private ConnectionState _state;
    private long _since = time.GetTimestamp();
    private bool _isDisposed;

    /// <summary>Whether time ran out while a request was on its way, or nobody asked anything.</summary>
    public bool IsLate { get; private set; }

    /// <summary>Goes on to what is done now.</summary>
    /// <returns>For a request that runs: what cancels it.</returns>
    public CancellationToken Enter(ConnectionState state)
    {
        lock (_lock)
        {
            // A line that comes in pieces counts from its first one.
            if (state != _state || state == ConnectionState.Running)
            {
                _since = time.GetTimestamp();
            }

            _state = state;
            if (_request.IsCancellationRequested)
            {
                _request.Dispose();
                _request = new CancellationTokenSource();
            }

            return _request.Token;
        }
    }

    /// <summary>Looks at the clock.</summary>
    /// <param name="stopReceiving">Ends what is received, so that the connection can say why it ends.</param>
    /// <param name="abort">Ends the connection.</param>
    public void Look(Action stopReceiving, Action abort)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            TimeSpan spent = time.GetElapsedTime(_since);
            switch (_state)
            {
                case ConnectionState.Running when spent > options.RequestTime:
                    _request.Cancel();
                    break;
                case ConnectionState.Sending when spent > options.LineTime:
                    abort();
                    break;
                case ConnectionState.Receiving when spent > options.LineTime:
                case ConnectionState.Idle when spent > options.IdleTime:
                    IsLate = true;
                    stopReceiving();
                    break;
            }
        }
    }

    /// <summary>Ends the connection as soon as what runs has been answered.</summary>
    public void Stop(Action stopReceiving)
    {
        lock (_lock)
        {
            if (_state is ConnectionState.Idle or ConnectionState.Watching or ConnectionState.Receiving)
            {
                stopReceiving();
            }
        }
    }

    /// <summary>Cancels what runs.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _request.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _request.Dispose();
        }
    }
}
