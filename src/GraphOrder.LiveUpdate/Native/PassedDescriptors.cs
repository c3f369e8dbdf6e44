using System.Runtime.InteropServices;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// Descriptors that travel over a Unix socket (unix(7), SCM_RIGHTS), one with each message.
/// </summary>
internal static unsafe class PassedDescriptors
{
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int NoSignal = 0x4000;
    private const int CloseOnExec = 0x40000000;

    // struct msghdr and struct cmsghdr on 64-bit Linux.
    private const int MessageBytes = 56;
    private const int ControlHeaderBytes = 16;
    private const int ControlBytes = 24;

    /// <summary>Sends bytes, with a descriptor where it is not negative.</summary>
    public static CallResult Send(int socket, ReadOnlySpan<byte> bytes, int descriptor)
    {
        byte* message = stackalloc byte[MessageBytes];
        byte* control = stackalloc byte[ControlBytes];
        nint* vector = stackalloc nint[2];
        fixed (byte* first = bytes)
        {
            Fill(message, vector, first, bytes.Length);
            if (descriptor >= 0)
            {
                *(ulong*)control = ControlHeaderBytes + sizeof(int);
                *(int*)(control + 8) = SocketLevel;
                *(int*)(control + 12) = Rights;
                *(int*)(control + ControlHeaderBytes) = descriptor;
                *(byte**)(message + 32) = control;
                *(ulong*)(message + 40) = ControlBytes;
            }

            nint sent = LinuxLibrary.Send(socket, message, NoSignal);
            return sent < 0 ? CallResult.Failed((Errno)Marshal.GetLastPInvokeError()) : CallResult.Done(sent);
        }
    }

    /// <summary>Receives bytes, and the descriptor that came with them; -1 where none did.</summary>
    public static CallResult Receive(int socket, Span<byte> bytes, out int descriptor)
    {
        byte* message = stackalloc byte[MessageBytes];
        byte* control = stackalloc byte[ControlBytes];
        nint* vector = stackalloc nint[2];
        new Span<byte>(control, ControlBytes).Clear();
        descriptor = -1;
        fixed (byte* first = bytes)
        {
            Fill(message, vector, first, bytes.Length);
            *(byte**)(message + 32) = control;
            *(ulong*)(message + 40) = ControlBytes;
            nint received = LinuxLibrary.Receive(socket, message, CloseOnExec);
            if (received < 0)
            {
                return CallResult.Failed((Errno)Marshal.GetLastPInvokeError());
            }

            bool hasOne = *(ulong*)(message + 40) >= ControlHeaderBytes + sizeof(int)
                && *(ulong*)control >= ControlHeaderBytes + sizeof(int)
                && *(int*)(control + 8) == SocketLevel
                && *(int*)(control + 12) == Rights;
            descriptor = hasOne ? *(int*)(control + ControlHeaderBytes) : -1;
            return CallResult.Done(received);
        }
    }

    private static void Fill(byte* message, nint* vector, byte* first, int length)
    {
        new Span<byte>(message, MessageBytes).Clear();
        vector[0] = (nint)first;
        vector[1] = length;
        *(nint**)(message + 16) = vector;
        *(ulong*)(message + 24) = 1;
    }
}
