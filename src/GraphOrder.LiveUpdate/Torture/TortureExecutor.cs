using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>Makes the calls of a sequence in one process, and keeps which call made which
/// descriptor.</summary>
internal sealed class TortureExecutor(ISystemCalls calls, int round)
{
    private const int FormatMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    private readonly SortedDictionary<int, int> _descriptors = [];

    /// <summary>Makes a call.</summary>
    public TortureAnswer Do(TortureCall call) => call.Kind switch
    {
        TortureKind.Open => Made(call.Id, calls.Open(Path(call.Pick), (OpenModes)call.Bytes)),
        TortureKind.Reopen => Made(call.Id, calls.Open(LinkPath(call.On), (OpenModes)call.Bytes)),
        TortureKind.Pipe => Pipe(call.Id),
        TortureKind.Event => Made(call.Id, calls.CreateEvent()),
        TortureKind.Memory => Made(call.Id, calls.CreateMemory("torture"u8, (MemoryModes)call.Bytes)),
        TortureKind.Unlink => Plain(calls.Unlink(Path(call.Pick))),
        TortureKind.Close => Close(call.On),
        TortureKind.Duplicate => Made(call.Id, calls.Duplicate(Of(call.On))),
        TortureKind.Control => Control(call),
        TortureKind.Write => Plain(calls.WriteAt(Of(call.On), Content(call), call.Offset)),
        TortureKind.Map => Plain(calls.WriteThroughMapping(Of(call.On), Content(call), call.Offset)),
        TortureKind.Read => Read(call),
        TortureKind.Length => Plain(calls.SetLength(Of(call.On), call.Bytes)),
        TortureKind.Allocate =>
            Plain(calls.Allocate(Of(call.On), (AllocateModes)call.Pick, call.Offset, call.Bytes)),
        TortureKind.Seek => Plain(calls.Seek(Of(call.On), call.Offset)),
        TortureKind.Position => Plain(calls.Position(Of(call.On))),
        TortureKind.Extent => Plain(calls.SeekExtent(Of(call.On), call.Offset, call.Pick == 1)),
        TortureKind.Mode => ChangeMode(Of(call.On), (uint)call.Bytes),
        TortureKind.Seal => Plain(calls.AddSeals(Of(call.On), (Seals)call.Bytes)),
        TortureKind.Seals => Plain(calls.GetSeals(Of(call.On))),
        TortureKind.DescriptorFlags => Plain(calls.DescriptorFlags(Of(call.On))),
        TortureKind.StatusFlags => Plain(calls.StatusFlags(Of(call.On))),
        TortureKind.Status => Status(call.On),
        TortureKind.Link => Link(call.On),
        TortureKind.Compare => Compare(call),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Closes what is open and takes the named file away: the next sequence begins anew.</summary>
    public void CloseAll()
    {
        foreach (int descriptor in _descriptors.Values)
        {
            _ = calls.Close(descriptor);
        }

        _descriptors.Clear();
        _ = calls.Unlink(Path(TortureWords.NamedFile));
    }

    private static byte[] Path(int pick) => Encoding.UTF8.GetBytes(TortureWords.Paths[pick]);

    private static TortureAnswer Plain(CallResult result, string seen = "") =>
        new(result.Error, result.IsDone ? result.Value : 0, result.IsDone ? seen : "");

    private static byte[] Content(TortureCall call)
    {
        byte[] content = new byte[call.Bytes];
        for (int i = 0; i < content.Length; i++)
        {
            content[i] = (byte)((call.Token + (ulong)i) & 0xFF);
        }

        return content;
    }

    private byte[] LinkPath(int made) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{Of(made)}"));

    private int Of(int made) => _descriptors.GetValueOrDefault(made, TortureWords.NoDescriptor);

    private TortureAnswer Made(int id, CallResult result)
    {
        if (result.IsDone)
        {
            _descriptors[id] = result.Descriptor;
        }

        return new(result.Error, 0, "");
    }

    private TortureAnswer Pipe(int id)
    {
        CallResult result = calls.CreatePipe(out int writing);
        if (result.IsDone)
        {
            _ = calls.Close(writing);
        }

        return Made(id, result);
    }

    private TortureAnswer Close(int made)
    {
        CallResult result = calls.Close(Of(made));
        _ = _descriptors.Remove(made);
        return Plain(result);
    }

    private TortureAnswer Read(TortureCall call)
    {
        byte[] bytes = new byte[call.Bytes];
        CallResult result = calls.ReadAt(Of(call.On), bytes, call.Offset);
        return Plain(result, result.IsDone ? Digest(bytes.AsSpan(0, (int)result.Value)) : "");
    }

    private static string Digest(ReadOnlySpan<byte> bytes)
    {
        ulong digest = 14695981039346656037;
        foreach (byte one in bytes)
        {
            digest = unchecked((digest ^ one) * 1099511628211);
        }

        return digest.ToString("x16", CultureInfo.InvariantCulture);
    }

    private TortureAnswer Status(int made)
    {
        CallResult result = calls.Status(Of(made), out FileStatus status);
        bool isRegular = (status.Mode & FormatMask) == RegularFile;
        bool isFolder = (status.Mode & FormatMask) == Folder;
        string mode = Convert.ToString(isFolder ? status.Mode & FormatMask : status.Mode, 8);
        return Plain(result, isRegular
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"mode {mode} names {status.LinkCount} size {status.Bytes} allocated {status.AllocatedBytes}")
            : $"mode {mode}");
    }

    // Never of a device or a folder: they stay when the sequence is over.
    private TortureAnswer ChangeMode(int descriptor, uint mode) =>
        calls.Status(descriptor, out FileStatus status).IsDone && (status.Mode & FormatMask) != RegularFile
            ? new(Errno.NotPermitted, 0, "")
            : Plain(calls.ChangeMode(descriptor, mode));

    private TortureAnswer Link(int made)
    {
        string? link = calls.Link(Of(made));
        return link is null
            ? new(Errno.NoEntry, 0, "")
            : new(Errno.None, 0, WithoutNumber(link));
    }

    // Pipes and files that never had a name are named by inode.
    private static string WithoutNumber(string link) =>
        link.StartsWith("pipe:", StringComparison.Ordinal) ? "pipe"
        : link.StartsWith("/tmp/#", StringComparison.Ordinal) ? "/tmp/#" : link;

    // The order of two open files is the kernel's own business.
    private TortureAnswer Compare(TortureCall call)
    {
        CallResult result = calls.Compare(Of(call.On), Of(call.Other));
        return new(result.Error, result.Value == 0 ? 0 : 1, "");
    }

    private TortureAnswer Control(TortureCall call)
    {
        byte[] argument = TortureArguments.Make(
            call, round, TortureArguments.HasDescriptor(call) ? Of(call.Other) : 0);
        CallResult result = calls.Control(Of(call.On), TortureWords.Requests[call.Pick], argument);
        if (!result.IsDone)
        {
            return new(result.Error, 0, "");
        }

        if (TortureArguments.MakesDescriptor(call))
        {
            return Made(call.Id, CallResult.Done(BinaryPrimitives.ReadInt32LittleEndian(
                argument.AsSpan(LiveUpdateAbi.DescriptorOffset))));
        }

        string name = TortureWords.Requests[call.Pick] == LiveUpdateAbi.GetName
            ? Convert.ToHexString(argument.AsSpan(0, LiveUpdateAbi.NameArgumentBytes))
            : "";
        return new(Errno.None, result.Value, name);
    }
}
