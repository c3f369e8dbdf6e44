using System.Net.Sockets;
using System.Text;

namespace GraphOrder.Extensions.Tests.Serving;

/// <summary>A client as programs write them: lines out, lines in, and never for ever.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    public Client(string path)
    {
        _socket.ReceiveTimeout = 20_000;
        _socket.SendTimeout = 20_000;
        _socket.Connect(new UnixDomainSocketEndPoint(path));
    }

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next line; null where the server sends no more.</summary>
    public string? Receive()
    {
        using MemoryStream line = new();
        while (true)
        {
            Span<byte> rest = _buffer.AsSpan(_start, _end - _start);
            int found = rest.IndexOf((byte)'\n');
            line.Write(found < 0 ? rest : rest[..found]);
            if (found >= 0)
            {
                _start += found + 1;
                return Encoding.UTF8.GetString(line.ToArray());
            }

            _start = 0;
            _end = Fill();
            if (_end == 0)
            {
                return null;
            }
        }
    }

    public string? Ask(string request)
    {
        Send(request + "\n");
        return Receive();
    }

    public void Dispose() => _socket.Dispose();

    // A server that closes with something unread resets the connection: it sends no more either way.
    private int Fill()
    {
        try
        {
            return _socket.Receive(_buffer);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
