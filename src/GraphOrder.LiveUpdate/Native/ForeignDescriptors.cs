using System.Runtime.InteropServices;

namespace GraphOrder.LiveUpdate;

/// <summary>Descriptors of other processes (pidfd_open(2), pidfd_getfd(2)).</summary>
internal static class ForeignDescriptors
{
    private const long OpenProcess = 434;
    private const long GetDescriptor = 438;

    /// <summary>
    /// A copy of another process's descriptor: the same open file. EPERM without CAP_SYS_PTRACE over it.
    /// </summary>
    public static CallResult Take(int process, int descriptor)
    {
        long handle = LinuxLibrary.Call(OpenProcess, process, 0, 0, 0, 0);
        if (handle < 0)
        {
            return CallResult.Failed((Errno)Marshal.GetLastPInvokeError());
        }

        long taken = LinuxLibrary.Call(GetDescriptor, handle, descriptor, 0, 0, 0);
        int error = Marshal.GetLastPInvokeError();
        _ = LinuxLibrary.Close((int)handle);
        return taken < 0 ? CallResult.Failed((Errno)error) : CallResult.Done(taken);
    }
}
