using System.Net.Sockets;
using System.Text;
using GraphOrder.Extensions;

namespace GraphOrder.Fuzz;

/// <summary>
/// Lines from a socket. The first byte says how long one may be; a byte of ones stands for as many blanks as
/// the next one says, by the thousand, since buffers are larger than inputs. What comes out is what splitting
/// the bytes gives, and each line is answered on one line.
/// </summary>
internal sealed class SocketTarget() : FuzzTarget("socket-lines", 1 << 12)
{
    private const int AllMax = 100_000;
    private const int LineUnit = 256;
    private const byte Blanks = 0xFF;

    private readonly Lazy<Socket> _listening = new(Listen);

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        foreach (byte[] request in RequestSeeds.All())
        {
            yield return [200, .. request];
        }

        yield return [1, .. "{\"request\":\"plan\"}\n\n\r\n{\"id\":3}\n"u8, Blanks, 1, .. "\n{}"u8];
        yield return [255, .. "{\"request\":\"plan\"}"u8, Blanks, 40, (byte)'\n', Blanks, 40, .. "{}\n{}"u8];
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        int lineMax = input[0] * LineUnit;
        byte[] sent = Spread(input[1..]);
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.SendBufferSize = 4 * AllMax;
        client.Connect(_listening.Value.LocalEndPoint!);
        using Socket server = _listening.Value.Accept();
        client.Send(sent);
        client.Shutdown(SocketShutdown.Send);
        HeldBytes held = new(1 << 20);
        using (LineInput lines = new(server, lineMax, held) { Begun = static () => { } })
        {
            Compare(lines, sent, lineMax);
        }

        Demand(held.Count == 0, $"{held.Count} bytes are held by nobody");
    }

    private static void Compare(LineInput lines, byte[] sent, int lineMax)
    {
        RequestEngine engine = new();
        using DocumentLine answer = new();
        for (int at = 0; at < sent.Length;)
        {
            int length = sent.AsSpan(at).IndexOf((byte)'\n');
            length = length < 0 ? sent.Length - at : length;
            InputKind kind = lines.NextAsync().AsTask().GetAwaiter().GetResult();
            Demand(kind == (length > lineMax ? InputKind.TooLong : InputKind.Line),
                $"a line of {length} bytes is {kind}, and {lineMax} are taken");
            if (kind == InputKind.Line)
            {
                Demand(lines.Line.Span.SequenceEqual(sent.AsSpan(at, length)), "a line came as another");
                Answer(answer, engine, lines.Line);
            }

            at += length + 1;
        }

        Demand(lines.NextAsync().AsTask().GetAwaiter().GetResult() == InputKind.End, "there is no end");
    }

    private static void Answer(DocumentLine answer, RequestEngine engine, ReadOnlyMemory<byte> line)
    {
        answer.Clear();
        RequestStatus status = AnswerLine.Write(answer, engine, line, out _, CancellationToken.None);
        ReadOnlyMemory<byte> written = answer.Written;
        Demand(written.Span.IndexOf((byte)'\n') == written.Length - 1, "an answer is not one line");
        RequestTarget.Judge((int)status, written);
        _ = AnswerLine.VersionOf(written.Span);
    }

    private static byte[] Spread(ReadOnlySpan<byte> input)
    {
        using MemoryStream all = new();
        for (int i = 0; i < input.Length && all.Length < AllMax; i++)
        {
            if (input[i] == Blanks && i + 1 < input.Length)
            {
                i++;
                all.Write(Encoding.ASCII.GetBytes(new string(' ', Math.Min(input[i] * 1000, AllMax))));
            }
            else
            {
                all.WriteByte(input[i]);
            }
        }

        return all.Length <= AllMax ? all.ToArray() : all.ToArray()[..AllMax];
    }

    private static Socket Listen()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        // A name that begins with a zero is no file: nothing is left behind.
        socket.Bind(new UnixDomainSocketEndPoint($"\0graph-order-fuzz-{Environment.ProcessId}"));
        socket.Listen(1);
        return socket;
    }
}
