using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>The ioctls of the device and of sessions: what is checked of their arguments, in which
/// order.</summary>
internal static class ControlCalls
{
    private const int NameBytes = LiveUpdateAbi.NameArgumentBytes - LiveUpdateAbi.NameOffset;

    /// <summary>Answers an ioctl on any open file.</summary>
    public static CallResult Control(
        SimulatedKernel kernel, DescriptorTable descriptors, OpenFile file, uint request, Span<byte> argument)
    {
        bool isDevice = file.Inode.Kind == InodeKind.UpdateDevice;
        if (!isDevice && file.Inode.Kind != InodeKind.Session)
        {
            return CallResult.Failed(Errno.WrongCall);
        }

        uint number = request & 0xFF;
        uint first = isDevice ? LiveUpdateAbi.CreateSession & 0xFF : LiveUpdateAbi.PreserveFile & 0xFF;
        uint last = isDevice ? LiveUpdateAbi.RetrieveSession & 0xFF : LiveUpdateAbi.GetName & 0xFF;
        if (number < first || number > last)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        if (argument.Length < sizeof(uint))
        {
            return CallResult.Failed(Errno.BadAddress);
        }

        if (request >> 8 != LiveUpdateAbi.CreateSession >> 8)
        {
            return CallResult.Failed(Errno.WrongCall);
        }

        if (!isDevice && !TakesCall(file.Inode.Session!, request))
        {
            return CallResult.Failed(Errno.Invalid);
        }

        Errno error = CheckSize(argument, BytesOf(request));
        if (error != Errno.None)
        {
            return CallResult.Failed(error);
        }

        return isDevice
            ? OnDevice(kernel, descriptors, request, argument)
            : OnSession(kernel, descriptors, file.Inode.Session!, request, argument);
    }

    private static bool TakesCall(SimulatedSession session, uint request) =>
        request == LiveUpdateAbi.GetName
        || (request == LiveUpdateAbi.PreserveFile) != session.IsIncoming;

    private static int BytesOf(uint request) => request switch
    {
        LiveUpdateAbi.PreserveFile or LiveUpdateAbi.RetrieveFile => LiveUpdateAbi.FileArgumentBytes,
        LiveUpdateAbi.Finish => LiveUpdateAbi.FinishArgumentBytes,
        _ => LiveUpdateAbi.NameArgumentBytes,
    };

    // copy_struct_from_user: a longer structure is taken while its unknown tail is zero.
    private static Errno CheckSize(ReadOnlySpan<byte> argument, int bytes)
    {
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(argument);
        if (size < bytes)
        {
            return Errno.Invalid;
        }

        if (argument.Length < bytes)
        {
            return Errno.BadAddress;
        }

        int end = (int)Math.Min(size, (uint)argument.Length);
        return argument[bytes..end].ContainsAnyExcept((byte)0) ? Errno.TooBig
            : size > (uint)argument.Length ? Errno.BadAddress : Errno.None;
    }

    private static CallResult OnDevice(
        SimulatedKernel kernel, DescriptorTable descriptors, uint request, Span<byte> argument)
    {
        if (!descriptors.HasRoom)
        {
            return CallResult.Failed(Errno.TooManyFiles);
        }

        Span<byte> name = argument.Slice(LiveUpdateAbi.NameOffset, NameBytes);
        int length = name.IndexOf((byte)0);
        ReadOnlySpan<byte> ended = length < 0 ? name : name[..length];
        string key = Encoding.Latin1.GetString(ended);
        string text = Encoding.UTF8.GetString(ended);
        Errno error = Errno.Invalid;
        SimulatedSession? session;
        if (request == LiveUpdateAbi.RetrieveSession)
        {
            session = kernel.Incoming.Retrieve(key, text, out error);
        }
        else
        {
            session = length > 0 ? kernel.Outgoing.Create(key, text, out error) : null;
        }

        if (session is null)
        {
            return CallResult.Failed(error);
        }

        OpenFile file = OpenFile.Make(
            kernel.NewInode(session), OpenModes.ReadWrite, LiveUpdateAbi.SessionLink + session.Name);
        int descriptor = descriptors.Add(file, closesOnExec: true);
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..], descriptor);
        return CallResult.Done();
    }

    private static CallResult OnSession(
        SimulatedKernel kernel,
        DescriptorTable descriptors,
        SimulatedSession session,
        uint request,
        Span<byte> argument)
    {
        int number = BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..]);
        switch (request)
        {
            case LiveUpdateAbi.PreserveFile:
                return Answer(kernel.Outgoing.Preserve(session, descriptors, number, Token(argument)));
            case LiveUpdateAbi.RetrieveFile:
                return Retrieve(kernel, descriptors, session, argument);
            case LiveUpdateAbi.Finish:
                return Answer(number != 0 ? Errno.Invalid : kernel.Incoming.Finish(session));
            default:
                return GetName(session, number, argument);
        }
    }

    private static CallResult Retrieve(
        SimulatedKernel kernel, DescriptorTable descriptors, SimulatedSession session, Span<byte> argument)
    {
        if (!descriptors.HasRoom)
        {
            return CallResult.Failed(Errno.TooManyFiles);
        }

        if (kernel.Incoming.RetrieveFile(session, Token(argument), out Errno error) is not OpenFile file)
        {
            return CallResult.Failed(error);
        }

        int descriptor = descriptors.Add(file, closesOnExec: true);
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..], descriptor);
        return CallResult.Done();
    }

    private static CallResult GetName(SimulatedSession session, int reserved, Span<byte> argument)
    {
        if (reserved != 0)
        {
            return CallResult.Failed(Errno.Invalid);
        }

        // strscpy copies words and stops with the one that has the NUL: what came in behind it stays.
        const int wordBytes = 8;
        Span<byte> name = argument.Slice(LiveUpdateAbi.NameOffset, NameBytes);
        name[..(((session.Key.Length / wordBytes) + 1) * wordBytes)].Clear();
        Encoding.Latin1.GetBytes(session.Key, name);
        return CallResult.Done();
    }

    private static ulong Token(ReadOnlySpan<byte> argument) =>
        BinaryPrimitives.ReadUInt64LittleEndian(argument[LiveUpdateAbi.TokenOffset..]);

    private static CallResult Answer(Errno error) =>
        error == Errno.None ? CallResult.Done() : CallResult.Failed(error);
}
