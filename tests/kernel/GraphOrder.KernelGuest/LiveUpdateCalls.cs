using System.Buffers.Binary;
using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// The six calls of a live update, each one structure and one ioctl; a failure throws and names the call.
/// </summary>
internal static class LiveUpdateCalls
{
    /// <summary>Path of the device.</summary>
    public static ReadOnlySpan<byte> Device => "/dev/liveupdate"u8;

    public static int OpenDevice(ISystemCalls calls) =>
        Demand(calls.Open(Device, OpenModes.ReadWrite | OpenModes.CloseOnExec), "open the device");

    public static int CreateSession(ISystemCalls calls, int device, string name) =>
        Session(calls, device, name, LiveUpdateAbi.CreateSession);

    public static int RetrieveSession(ISystemCalls calls, int device, string name) =>
        Session(calls, device, name, LiveUpdateAbi.RetrieveSession);

    /// <summary>PRESERVE_FD. Allocates nothing.</summary>
    public static CallResult Preserve(ISystemCalls calls, int session, int descriptor, ulong token)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FileArgumentBytes];
        File(argument, descriptor, token);
        return calls.Control(session, LiveUpdateAbi.PreserveFile, argument);
    }

    /// <summary>RETRIEVE_FD: the new descriptor. Allocates nothing.</summary>
    public static CallResult Retrieve(ISystemCalls calls, int session, ulong token)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FileArgumentBytes];
        File(argument, 0, token);
        CallResult done = calls.Control(session, LiveUpdateAbi.RetrieveFile, argument);
        return done.IsDone ? CallResult.Done(Descriptor(argument)) : done;
    }

    /// <summary>FINISH. Allocates nothing.</summary>
    public static CallResult Finish(ISystemCalls calls, int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FinishArgumentBytes];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        return calls.Control(session, LiveUpdateAbi.Finish, argument);
    }

    /// <summary>The value of a call that must not fail here.</summary>
    public static int Demand(CallResult result, string what) => result.IsDone
        ? result.Descriptor
        : throw new InvalidOperationException($"Cannot {what}: {result}.");

    private static int Session(ISystemCalls calls, int device, string name, uint request)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.NameArgumentBytes];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        _ = Encoding.UTF8.GetBytes(name, argument[LiveUpdateAbi.NameOffset..]);
        _ = Demand(calls.Control(device, request, argument), $"make session {name}");
        return Descriptor(argument);
    }

    private static void File(Span<byte> argument, int descriptor, ulong token)
    {
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..], descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[LiveUpdateAbi.TokenOffset..], token);
    }

    private static int Descriptor(ReadOnlySpan<byte> argument) =>
        BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..]);
}
