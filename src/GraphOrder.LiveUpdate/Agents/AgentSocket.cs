using System.Net.Sockets;
using System.Text.Json;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The process that owns descriptors, at the other end of a Unix stream socket: one JSON object a line, a
/// descriptor with the line that names it. Bounded in line length and time. Not thread-safe.
/// </summary>
/// <remarks>
/// From it come <c>{"session":NAME}</c> and <c>{"file":ID}</c>, each with a descriptor, sessions in the order
/// of their creation, and at last <c>{"end":true}</c>. To it goes
/// <c>{"take":ID,"session":NAME,"token":"0x1"}</c> with a descriptor, which it answers by
/// <c>{"taken":ID}</c>, and <c>{"close":NAME}</c>, answered by
/// <c>{"closed":NAME}</c>. An answer <c>{"error":TEXT}</c> refuses. A connection on which descriptors are
/// awaited is shut down for sending, so that an agent tells at once which of the two it is.
/// </remarks>
public sealed class AgentSocket : IFileTaker, IDisposable
{
    private const int LineBytesMax = 1 << 16;
    private const int SocketLevel = 1;
    private const int ReceiveTimeout = 20;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[LineBytesMax];
    private int _filled;

    private AgentSocket(Socket socket)
    {
        _socket = socket;
    }

    /// <summary>Connects.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="patience">How long one answer may take.</param>
    /// <exception cref="AgentException">Nobody listens there.</exception>
    public static AgentSocket Connect(string path, TimeSpan patience)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new AgentException(File.Exists(path)
                ? $"nobody listens on '{path}': {error.Message}"
                : $"there is no socket '{path}'");
        }

        // recvmsg is called on the descriptor itself, so the kernel keeps the time.
        socket.SetRawSocketOption(SocketLevel, ReceiveTimeout, TimeValue(patience));
        return new AgentSocket(socket);
    }

    /// <summary>Receives all descriptors that the agent gives.</summary>
    /// <param name="take">
    /// Takes one: its kind, <c>session</c> or <c>file</c>, its name, the descriptor.
    /// </param>
    /// <exception cref="AgentException">
    /// A line is none, or comes without a descriptor, or too late.
    /// </exception>
    public void Receive(Action<string, string, int> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        _socket.Shutdown(SocketShutdown.Send);
        while (true)
        {
            (JsonElement line, int descriptor) = ReadLine();
            if (line.TryGetProperty("end", out _))
            {
                return;
            }

            string kind = line.TryGetProperty("session", out JsonElement name) ? "session"
                : line.TryGetProperty("file", out name) ? "file"
                : throw new AgentException($"a line that names neither a session nor a file: {line}");
            take(
                kind,
                name.GetString() ?? "",
                descriptor >= 0 ? descriptor : throw new AgentException($"no descriptor came with {line}"));
        }
    }

    /// <inheritdoc/>
    public string? Take(string id, string session, ulong token, int descriptor) => Ask(
        json =>
        {
            json.WriteString("take"u8, id);
            json.WriteString("session"u8, session);
            json.WriteString("token"u8, $"0x{token:x}");
        },
        descriptor,
        "taken",
        id);

    /// <summary>Asks the agent to close a session; null where it says that it did.</summary>
    public string? Close(string session) =>
        Ask(json => json.WriteString("close"u8, session), -1, "closed", session);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static byte[] TimeValue(TimeSpan time)
    {
        byte[] value = new byte[16];
        _ = BitConverter.TryWriteBytes(value, (long)time.TotalSeconds);
        _ = BitConverter.TryWriteBytes(value.AsSpan(8), time.Microseconds + (time.Milliseconds * 1000L));
        return value;
    }

    private string? Ask(Action<Utf8JsonWriter> write, int descriptor, string answer, string name)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        CallResult sent = PassedDescriptors.Send((int)_socket.Handle, line.ToArray(), descriptor);
        if (!sent.IsDone || sent.Value != line.Length)
        {
            return $"it cannot be reached: {sent.Error.Name()}";
        }

        try
        {
            (JsonElement told, _) = ReadLine();
            return told.TryGetProperty(answer, out JsonElement said) && said.GetString() == name ? null
                : told.TryGetProperty("error", out JsonElement error) ? error.GetString() ?? "it says no"
                : $"it answered {told}";
        }
        catch (AgentException error)
        {
            return error.Message;
        }
    }

    private (JsonElement Line, int Descriptor) ReadLine()
    {
        int descriptor = -1;
        while (true)
        {
            int end = _buffer.AsSpan(0, _filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                JsonElement line = Parse(_buffer.AsSpan(0, end));
                _filled -= end + 1;
                _buffer.AsSpan(end + 1, _filled).CopyTo(_buffer);
                return (line, descriptor);
            }

            if (_filled == LineBytesMax)
            {
                throw new AgentException($"a line has more than {LineBytesMax} bytes");
            }

            // A descriptor comes with the first byte of its message, and one read never crosses two of those.
            CallResult read = PassedDescriptors.Receive(
                (int)_socket.Handle, _buffer.AsSpan(_filled), out int passed);
            if (!read.IsDone || read.Value == 0)
            {
                throw new AgentException(read.IsDone ? "it left" : read.Error == Errno.TryAgain
                    ? "it did not answer in time"
                    : $"it cannot be heard: {read.Error.Name()}");
            }

            descriptor = passed >= 0 ? passed : descriptor;
            _filled += (int)read.Value;
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new AgentException("a line that is no JSON object");
        }
        catch (JsonException error)
        {
            throw new AgentException($"a line that is no JSON: {error.Message}");
        }
    }
}
