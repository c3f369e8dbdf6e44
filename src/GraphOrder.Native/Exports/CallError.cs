using System.Text.Unicode;

namespace GraphOrder.Native;

/// <summary>Where the sentence of a call goes: UTF-8 with a final zero, cut where a letter ends.</summary>
internal readonly unsafe ref struct CallError(byte* text, nuint bytes)
{
    private const string HeapIsFull =
        "The heap of the library is full. Free answers, close engines, ask for less.";

    /// <summary>Writes the sentence of what was thrown; takes no memory where there is none.</summary>
    /// <returns>What the call returns.</returns>
    public CallStatus Tell(Exception thrown)
    {
        if (thrown is OutOfMemoryException)
        {
            return Tell(CallStatus.NoMemory, HeapIsFull);
        }

        try
        {
            return thrown switch
            {
                CallException call => Tell(call.Status, call.Message),
                MalformedDocumentException malformed => Tell(CallStatus.Malformed, malformed.Message),
                OperationCanceledException => Tell(CallStatus.Cancelled, "The call was cancelled."),
                InsufficientExecutionStackException => Tell(
                    CallStatus.Stack, "The stack of this thread is too small. Give it more."),
                _ => Tell(
                    CallStatus.Internal,
                    $"A fault of the library: {thrown.GetType().Name}: {thrown.Message}"),
            };
        }
        catch (OutOfMemoryException)
        {
            return Tell(CallStatus.NoMemory, HeapIsFull);
        }
    }

    /// <summary>Writes a sentence.</summary>
    /// <returns>The status.</returns>
    public CallStatus Tell(CallStatus status, string sentence)
    {
        if (bytes > 0)
        {
            Span<byte> room = new(text, (int)Math.Min(bytes - 1, int.MaxValue));
            Utf8.FromUtf16(sentence, room, out _, out int written);
            text[written] = 0;
        }

        return status;
    }
}
