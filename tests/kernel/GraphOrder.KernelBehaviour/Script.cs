using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>
/// Calls in short words, for a row: it closes every descriptor at the end but those that the row keeps, and
/// gathers what the row tells.
/// </summary>
public sealed class Script(BehaviourRow row, IMachine machine) : IDisposable
{
    private readonly List<int> _open = [];
    private readonly List<string> _told = [];

    /// <summary>The calls themselves.</summary>
    public ISystemCalls Calls { get; } = machine.Calls;

    /// <summary>The machine.</summary>
    public IMachine Machine { get; } = machine;

    /// <summary>The row.</summary>
    public BehaviourRow Row { get; } = row;

    /// <summary>What was told, with spaces between.</summary>
    public string Answer => string.Join(' ', _told);

    /// <summary>Tells OK, or the name of an error.</summary>
    public void Tell(CallResult result) => Tell(result.IsDone ? "OK" : result.Error.Name());

    /// <summary>Tells what a call returned, or the name of its error.</summary>
    public void TellValue(CallResult result) => Tell(result.ToString());

    /// <summary>Tells a number.</summary>
    public void Tell(long number) => Tell(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Tells a word.</summary>
    public void Tell(string word) => _told.Add(word);

    /// <summary>Opens a path.</summary>
    public CallResult Open(string path, OpenModes modes) => Track(Calls.Open(Bytes(path), modes));

    /// <summary>Opens the device.</summary>
    public int Device() =>
        Open(LiveUpdateAbi.DevicePath, OpenModes.ReadWrite | OpenModes.CloseOnExec).Descriptor;

    /// <summary>A memfd that may be sealed, with so many bytes of this row's pattern.</summary>
    public int Memory(int bytes = 4096, MemoryModes modes = MemoryModes.AllowSealing)
    {
        int memory = Track(Calls.CreateMemory("m"u8, modes)).Descriptor;
        _ = Calls.WriteAt(memory, Pattern(bytes), 0);
        return memory;
    }

    /// <summary>A memfd of holes.</summary>
    public int Sparse(long bytes)
    {
        int memory = Memory(0);
        _ = Calls.SetLength(memory, bytes);
        return memory;
    }

    /// <summary>Bytes that tell their place.</summary>
    public static byte[] Pattern(int bytes)
    {
        byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            pattern[i] = (byte)(((7 * i) + (13 * (i >> 12)) + 1) & 0xFF);
        }

        return pattern;
    }

    /// <summary>Tells "same" where a file holds that pattern and no more.</summary>
    public void TellContent(int file, int bytes)
    {
        byte[] read = new byte[bytes + 1];
        CallResult result = Calls.ReadAt(file, read, 0);
        Tell(result.Value == bytes && read.AsSpan(0, bytes).SequenceEqual(Pattern(bytes)) ? "same" : "other");
    }

    /// <summary>Creates a session of this row.</summary>
    public CallResult Create(int device, string name = "") =>
        OnDevice(device, LiveUpdateAbi.CreateSession, Row.Prefix + name);

    /// <summary>Retrieves a session of this row.</summary>
    public CallResult RetrieveSession(int device, string name = "") =>
        OnDevice(device, LiveUpdateAbi.RetrieveSession, Row.Prefix + name);

    /// <summary>Opens the device, creates a session and closes the device.</summary>
    public int Session(string name = "")
    {
        int device = Device();
        CallResult session = Create(device, name);
        Close(device);
        return session.Descriptor;
    }

    /// <summary>Opens the device, retrieves a session and closes the device.</summary>
    public int Incoming(string name = "")
    {
        int device = Device();
        CallResult session = RetrieveSession(device, name);
        Close(device);
        return session.Descriptor;
    }

    /// <summary>Preserves a file.</summary>
    public CallResult Preserve(int session, int file, ulong token) =>
        Calls.Control(session, LiveUpdateAbi.PreserveFile, FileArgument(file, token));

    /// <summary>Retrieves a file; its descriptor.</summary>
    public CallResult Retrieve(int session, ulong token)
    {
        byte[] argument = FileArgument(-1, token);
        return Track(Made(Calls.Control(session, LiveUpdateAbi.RetrieveFile, argument), argument));
    }

    /// <summary>Finishes a session.</summary>
    public CallResult Finish(int session) =>
        Calls.Control(session, LiveUpdateAbi.Finish, Argument(LiveUpdateAbi.FinishArgumentBytes));

    /// <summary>Closes a descriptor.</summary>
    public CallResult Close(int descriptor)
    {
        _open.Remove(descriptor);
        return Calls.Close(descriptor);
    }

    /// <summary>A second descriptor of an open file.</summary>
    public int Duplicate(int descriptor) => Track(Calls.Duplicate(descriptor)).Descriptor;

    /// <summary>Opens the same inode again.</summary>
    public CallResult Reopen(int descriptor, OpenModes modes) => Open($"/proc/self/fd/{descriptor}", modes);

    /// <summary>Leaves a descriptor open when the row ends: a session that is to be handed over.</summary>
    public void Keep(int descriptor) => _open.Remove(descriptor);

    /// <summary>While the process has no free descriptor.</summary>
    public void WithoutRoom(Action act)
    {
        const int usual = 65_536;
        int free = Calls.Duplicate(_open[0]).Descriptor;
        _ = Calls.Close(free);
        _ = Calls.LimitDescriptors(free);
        try
        {
            act();
        }
        finally
        {
            _ = Calls.LimitDescriptors(usual);
        }
    }

    /// <summary>A structure of so many bytes, its size in front.</summary>
    public static byte[] Argument(int bytes, int size = -1)
    {
        byte[] argument = new byte[bytes];
        BinaryPrimitives.WriteInt32LittleEndian(argument, size < 0 ? bytes : size);
        return argument;
    }

    /// <summary>A structure with a name.</summary>
    public static byte[] NameArgument(ReadOnlySpan<byte> name, int bytes = LiveUpdateAbi.NameArgumentBytes)
    {
        byte[] argument = Argument(bytes);
        name.CopyTo(argument.AsSpan(LiveUpdateAbi.NameOffset));
        return argument;
    }

    /// <summary>A structure with a descriptor and a token.</summary>
    public static byte[] FileArgument(int file, ulong token, int bytes = LiveUpdateAbi.FileArgumentBytes)
    {
        byte[] argument = Argument(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(argument.AsSpan(LiveUpdateAbi.DescriptorOffset), file);
        BinaryPrimitives.WriteUInt64LittleEndian(argument.AsSpan(LiveUpdateAbi.TokenOffset), token);
        return argument;
    }

    /// <summary>Text as bytes.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Remembers a descriptor that a call returned, to close it.</summary>
    public CallResult Track(CallResult result)
    {
        if (result.IsDone)
        {
            _open.Add(result.Descriptor);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            _ = Calls.Close(_open[i]);
        }

        _open.Clear();
    }

    private CallResult OnDevice(int device, uint request, string name)
    {
        byte[] argument = NameArgument(Bytes(name));
        return Track(Made(Calls.Control(device, request, argument), argument));
    }

    private static CallResult Made(CallResult result, byte[] argument) => result.IsDone
        ? CallResult.Done(
            BinaryPrimitives.ReadInt32LittleEndian(argument.AsSpan(LiveUpdateAbi.DescriptorOffset)))
        : result;
}
