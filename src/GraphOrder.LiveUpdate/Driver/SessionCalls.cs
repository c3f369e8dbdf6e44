using System.Buffers.Binary;
using System.Text;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// The six calls of a live update, typed. Each is one ioctl and allocates nothing; an error is the kernel's
/// own (live-update.md sections 1.3 and 1.5 say which, in which order).
/// </summary>
public static class SessionCalls
{
    /// <summary>
    /// Opens the device. One opener at a time: EBUSY. EIO: what was handed over cannot be read.
    /// </summary>
    public static CallResult OpenDevice(this ISystemCalls calls) =>
        Known(calls).Open("/dev/liveupdate"u8, OpenModes.ReadWrite | OpenModes.CloseOnExec);

    /// <summary>
    /// Creates an outgoing session; its descriptor. EEXIST where there is one of that name.
    /// </summary>
    public static CallResult CreateSession(this ISystemCalls calls, int device, SessionName name) =>
        Named(Known(calls), device, LiveUpdateAbi.CreateSession, name);

    /// <summary>
    /// Takes an incoming session; its descriptor. ENOENT where there is none, EINVAL where somebody has it.
    /// </summary>
    public static CallResult RetrieveSession(this ISystemCalls calls, int device, SessionName name) =>
        Named(Known(calls), device, LiveUpdateAbi.RetrieveSession, name);

    /// <summary>
    /// Preserves a file. EEXIST: the token is taken (asked first); EBUSY: the file is preserved; ENOENT: no
    /// handler for its kind.
    /// </summary>
    public static CallResult Preserve(this ISystemCalls calls, int session, int file, ulong token)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FileArgumentBytes];
        Fill(argument, file, token);
        return Known(calls).Control(session, LiveUpdateAbi.PreserveFile, argument);
    }

    /// <summary>
    /// Retrieves a file; its descriptor, a new one at each call. ENOENT: no such token. Any other error but
    /// EMFILE is for good.
    /// </summary>
    public static CallResult Retrieve(this ISystemCalls calls, int session, ulong token)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FileArgumentBytes];
        Fill(argument, -1, token);
        CallResult result = Known(calls).Control(session, LiveUpdateAbi.RetrieveFile, argument);
        return result.IsDone ? CallResult.Done(DescriptorOf(argument)) : result;
    }

    /// <summary>
    /// Finishes an incoming session, all of it; what was not retrieved is discarded. EBUSY: a file is not
    /// ready, nothing was finished.
    /// </summary>
    public static CallResult Finish(this ISystemCalls calls, int session)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.FinishArgumentBytes];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        return Known(calls).Control(session, LiveUpdateAbi.Finish, argument);
    }

    /// <summary>The name of a session, without its terminator.</summary>
    /// <param name="calls">The kernel.</param>
    /// <param name="session">The session's descriptor.</param>
    /// <param name="name">At least <see cref="SessionName.BytesMax"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    public static CallResult GetName(this ISystemCalls calls, int session, Span<byte> name)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.NameArgumentBytes];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        CallResult result = Known(calls).Control(session, LiveUpdateAbi.GetName, argument);
        if (!result.IsDone)
        {
            return result;
        }

        ReadOnlySpan<byte> told = argument[LiveUpdateAbi.NameOffset..];
        int length = told.IndexOf((byte)0);
        told = length < 0 ? told : told[..length];
        told.CopyTo(name);
        return CallResult.Done(told.Length);
    }

    private static ISystemCalls Known(ISystemCalls calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return calls;
    }

    private static CallResult Named(ISystemCalls calls, int device, uint request, SessionName name)
    {
        Span<byte> argument = stackalloc byte[LiveUpdateAbi.NameArgumentBytes];
        argument.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        _ = Encoding.UTF8.GetBytes(name.Text, argument[LiveUpdateAbi.NameOffset..]);
        CallResult result = calls.Control(device, request, argument);
        return result.IsDone ? CallResult.Done(DescriptorOf(argument)) : result;
    }

    private static void Fill(Span<byte> argument, int descriptor, ulong token)
    {
        BinaryPrimitives.WriteInt32LittleEndian(argument, argument.Length);
        BinaryPrimitives.WriteInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..], descriptor);
        BinaryPrimitives.WriteUInt64LittleEndian(argument[LiveUpdateAbi.TokenOffset..], token);
    }

    private static int DescriptorOf(ReadOnlySpan<byte> argument) =>
        BinaryPrimitives.ReadInt32LittleEndian(argument[LiveUpdateAbi.DescriptorOffset..]);
}
