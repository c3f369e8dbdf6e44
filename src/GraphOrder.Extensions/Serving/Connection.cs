using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace GraphOrder.Extensions;

/// <summary>
/// One client: its requests one after another, each answered before the next is read. So a client that does
/// not read its answers is not read either.
/// </summary>
internal sealed class Connection : IDisposable
{
    // After so many requests at once others may run on this thread.
    private const int TurnCount = 64;

    private readonly Socket _socket;
    private readonly SocketServer _server;
    private readonly LineInput _input;
    private readonly ConnectionClock _clock;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();
    private WatchQueue? _watched;
    private Task? _watching;
    private byte[] _watchId = [];
    private long _watchedFrom;

    public Connection(Socket socket, SocketServer server)
    {
        _socket = socket;
        _server = server;
        _clock = new ConnectionClock(server.Options, server.Time);
        _input = new LineInput(socket, server.Options.LineBytesMax, server.Held)
        {
            Begun = () => _clock.Enter(ConnectionState.Receiving),
        };
    }

    /// <summary>Serves the client until either side ends it. It does not throw.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ServeAsync();
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException
            or OperationCanceledException)
        {
            // The client is gone, or was too slow: there is nobody to tell.
        }
        catch (Exception defect)
        {
            // It ends this connection and no other.
            GraphOrderLog.Broke(_server.Logger, defect);
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Ends the connection with one line that says why.</summary>
    public async Task RefuseAsync(string message)
    {
        try
        {
            _clock.Enter(ConnectionState.Sending);
            using DocumentLine line = new();
            AnswerLine.WriteError(line, RequestStatus.Wrong, message);
            await SendAsync(line.Written);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // He does not want to know.
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Looks whether it has taken too long.</summary>
    public void Look() => _clock.Look(StopReceiving, _socket.Dispose);

    /// <summary>Ends it once what runs has been answered.</summary>
    public void Stop() => _clock.Stop(StopReceiving);

    /// <summary>Cancels what runs; it is answered so.</summary>
    public void Cancel() => _clock.Cancel();

    /// <summary>Ends it now.</summary>
    public void Abort() => _socket.Dispose();

    public void Dispose()
    {
        _socket.Dispose();
        _input.Dispose();
        _clock.Dispose();
        _sending.Dispose();
        _ended.Dispose();
        _watched?.Dispose();
    }

    private async Task ServeAsync()
    {
        for (int turn = 1; ; turn++)
        {
            // First what is done, then whether to stop: who stops does it the other way round.
            _clock.Enter(
                _input.IsInside ? ConnectionState.Receiving
                : _watched is null ? ConnectionState.Idle
                : ConnectionState.Watching);
            if (_server.IsStopping)
            {
                return;
            }

            InputKind found = await _input.NextAsync();
            using DocumentLine line = new();
            bool isEnd = found == InputKind.End || _clock.IsLate;
            bool isAny = isEnd ? TryWriteLate(line) : TryWriteAnswer(line, found);
            if (isAny)
            {
                _clock.Enter(ConnectionState.Sending);
                await SendAsync(line.Written);
            }

            if (isEnd)
            {
                return;
            }

            StartWatching();
            if (turn % TurnCount == 0)
            {
                await Task.Yield();
            }
        }
    }

    // What came is half a line, and the rest took too long.
    private bool TryWriteLate(DocumentLine line)
    {
        bool isLate = _clock.IsLate && !_input.Line.IsEmpty && !_server.IsStopping;
        if (isLate)
        {
            AnswerLine.WriteError(
                line,
                RequestStatus.Wrong,
                $"A request took longer than {_server.Options.LineTime.TotalSeconds:0.###} s to come. End "
                + "each request with a line feed.");
        }

        return isLate;
    }

    private bool TryWriteAnswer(DocumentLine line, InputKind found)
    {
        if (found != InputKind.Line)
        {
            AnswerLine.WriteError(line, RequestStatus.Wrong, found == InputKind.TooLong
                ? $"A request has more than {_server.Options.LineBytesMax} bytes. Send less, or raise the "
                    + "limit."
                : "The server holds as much of half requests as it may. Ask again later.");
            return true;
        }

        ReadOnlyMemory<byte> request = _input.Line;
        if (request.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return false;
        }

        Answer(line, request, _clock.Enter(ConnectionState.Running));
        return true;
    }

    private void Answer(DocumentLine line, ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        long start = _server.Time.GetTimestamp();
        using Activity? activity = GraphOrderTelemetry.Source.StartActivity(
            "graphorder.request", ActivityKind.Server);
        RequestStatus status = AnswerLine.Write(
            line, _server.Engine, request, out RequestEcho echo, cancellation);
        if (echo.Kind == AnswerLine.Watch && _watched is null)
        {
            // Asked again now that no change is missed any more.
            _watched = _server.Watch();
            line.Clear();
            AnswerLine.Write(line, _server.Engine, request, out _, cancellation);
            _watchId = echo.Id.ToArray();
            _watchedFrom = AnswerLine.VersionOf(line.Written.Span);
        }

        _server.NoteAnswer();
        activity?.SetTag("graphorder.request", echo.Kind);
        activity?.SetTag("graphorder.status", (int)status);
        _server.Telemetry?.CountRequest(echo.Kind, status, _server.Time.GetElapsedTime(start));
        if (status == RequestStatus.Internal)
        {
            GraphOrderLog.Failed(_server.Logger, Encoding.UTF8.GetString(line.Written.Span).TrimEnd());
        }
    }

    private void StartWatching()
    {
        if (_watched is { } watched && _watching is null)
        {
            _watching = WatchAsync(watched, _watchId, _watchedFrom);
        }
    }

    // Each line waits for the one before it to be taken by the client.
    private async Task WatchAsync(WatchQueue watched, byte[] id, long from)
    {
        using DocumentLine line = new();
        try
        {
            while (true)
            {
                await watched.WaitAsync(_ended.Token);
                while (watched.TryTake(out long version, out ReadOnlyMemory<byte> change, out long lost))
                {
                    line.Clear();
                    if (version > from)
                    {
                        AnswerLine.WriteChange(line, id, change.Span);
                    }

                    if (lost > 0)
                    {
                        AnswerLine.WriteLost(line, id, lost, _server.Engine);
                    }

                    await SendAsync(line.Written);
                }
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException
            or OperationCanceledException)
        {
            // The other half of the connection ends it.
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> line)
    {
        await _sending.WaitAsync(_ended.Token);
        try
        {
            while (!line.IsEmpty)
            {
                line = line[await _socket.SendAsync(line)..];
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private void StopReceiving()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Then nothing is received any more.
        }
    }

    private async Task EndAsync()
    {
        await _ended.CancelAsync();
        _socket.Dispose();
        await (_watching ?? Task.CompletedTask);
        _server.Leave(this, _watched);
        Dispose();
    }
}
