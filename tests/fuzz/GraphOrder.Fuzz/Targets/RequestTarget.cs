using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GraphOrder.Fuzz;

/// <summary>
/// Requests, a line each, to one engine: each answer is a document, and none says that the program itself
/// broke.
/// </summary>
internal sealed class RequestTarget() : FuzzTarget("request", 1 << 13)
{
    private const int LinesMax = 16;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => RequestSeeds.All();

    /// <summary>Judges an answer.</summary>
    /// <exception cref="FindingException">It is a defect.</exception>
    public static void Judge(int status, ReadOnlyMemory<byte> answer)
    {
        string text = Encoding.UTF8.GetString(answer.Span);
        Demand(status is not (int)RequestStatus.Internal, text);
        try
        {
            JsonDocument.Parse(answer).Dispose();
        }
        catch (JsonException wrong)
        {
            throw new FindingException($"an answer is no JSON: {wrong.Message}\n{text}");
        }
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        RequestEngine engine = new();
        int lines = 0;
        foreach (Range line in input.Split((byte)'\n'))
        {
            if (++lines > LinesMax)
            {
                break;
            }

            ArrayBufferWriter<byte> answer = new();
            RequestStatus status = engine.Answer(input[line].ToArray(), answer);
            Judge((int)status, answer.WrittenMemory);
        }

        _ = engine.Freeze();
    }
}
