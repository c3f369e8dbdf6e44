using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GraphOrder.Fleet.Tests.Clusters;

/// <summary>A port of loopback that leads to another one, until it is cut.</summary>
internal sealed class BreakableWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly int _target;
    private volatile bool _isCut;

    public BreakableWire(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it begins.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Nothing gets through any more, and what is open breaks.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (Socket socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>It leads through again.</summary>
    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptSocketAsync();
                Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                near.NoDelay = far.NoDelay = true;
                if (_isCut)
                {
                    near.Dispose();
                    continue;
                }

                await far.ConnectAsync(IPAddress.Loopback, _target);
                _open[near] = _open[far] = true;
                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[1 << 16];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None)) > 0)
            {
                for (int sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None);
                }
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // Cut, or closed by the other end.
        }

        _open.TryRemove(from, out _);
        from.Dispose();
        to.Dispose();
    }
}
