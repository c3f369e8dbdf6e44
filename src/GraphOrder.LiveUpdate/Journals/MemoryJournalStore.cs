namespace GraphOrder.LiveUpdate;

/// <summary>
/// The copy of a journal that travels: a memfd of fixed size, since what is preserved can be written and not
/// resized. Behind the records it is zero.
/// </summary>
public sealed class MemoryJournalStore : IJournalStore
{
    /// <summary>The name of the session that holds it.</summary>
    public const string SessionText = "graphorder";

    /// <summary>Its token there.</summary>
    public const ulong Token = 1;

    /// <summary>The most that a copy may take; a longer one is not made.</summary>
    public const long BytesMax = 1L << 30;

    private readonly ISystemCalls _calls;
    private long _room;
    private long _end;
    private bool _grows;

    private MemoryJournalStore(ISystemCalls calls, int descriptor, long room, bool grows)
    {
        _calls = calls;
        Descriptor = descriptor;
        _room = room;
        _grows = grows;
    }

    /// <summary>The memfd.</summary>
    public int Descriptor { get; }

    /// <summary>Makes a memfd with room for a number of bytes.</summary>
    /// <exception cref="IOException">There is no memory for it.</exception>
    public static MemoryJournalStore Create(ISystemCalls calls, long bytes) =>
        Create(calls, bytes, grows: false);

    /// <summary>Makes one that grows until <see cref="Fix"/>.</summary>
    /// <exception cref="IOException">There is no memory for it.</exception>
    internal static MemoryJournalStore CreateGrowing(ISystemCalls calls, long bytes) =>
        Create(calls, bytes, grows: true);

    private static MemoryJournalStore Create(ISystemCalls calls, long bytes, bool grows)
    {
        ArgumentNullException.ThrowIfNull(calls);
        CallResult made = calls.CreateMemory(
            "graphorder"u8, MemoryModes.CloseOnExec | MemoryModes.AllowSealing);
        Demand(made);
        Demand(calls.SetLength(made.Descriptor, bytes));
        return new MemoryJournalStore(calls, made.Descriptor, bytes, grows);
    }

    /// <summary>The whole memfd as a stream; what is behind the records too.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than <see cref="BytesMax"/>.</exception>
    public static byte[] Read(ISystemCalls calls, int descriptor)
    {
        ArgumentNullException.ThrowIfNull(calls);
        Demand(calls.Status(descriptor, out FileStatus status));
        if (status.Bytes > BytesMax)
        {
            throw new IOException(
                $"The journal's memfd has {status.Bytes} bytes; at most {BytesMax} are read.");
        }

        byte[] bytes = new byte[status.Bytes];
        int read = 0;
        while (read < bytes.Length)
        {
            CallResult result = calls.ReadAt(descriptor, bytes.AsSpan(read), read);
            Demand(result);
            if (result.Value == 0)
            {
                break;
            }

            read += checked((int)result.Value);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _room - _end && _grows)
        {
            Resize(Math.Max(2 * _room, _end + bytes.Length));
        }

        if (bytes.Length > _room - _end)
        {
            throw new IOException($"The journal's copy has no room left; it was made for {_room} bytes.");
        }

        while (!bytes.IsEmpty)
        {
            CallResult result = _calls.WriteAt(Descriptor, bytes, _end);
            Demand(result);
            _end += result.Value;
            bytes = bytes[checked((int)result.Value)..];
        }
    }

    /// <summary>Gives it its last size: what it holds, and room for a number of bytes.</summary>
    /// <exception cref="IOException">There is no memory for it.</exception>
    internal void Fix(long room)
    {
        Resize(_end + room);
        _grows = false;
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    private void Resize(long bytes)
    {
        Demand(_calls.SetLength(Descriptor, bytes));
        _room = bytes;
    }

    private static void Demand(CallResult result)
    {
        if (!result.IsDone)
        {
            throw new IOException($"The journal's copy in memory: {result.Error.Name()}.");
        }
    }
}
