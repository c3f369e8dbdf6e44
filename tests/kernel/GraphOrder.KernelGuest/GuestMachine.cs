using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using GraphOrder.KernelBehaviour;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>This machine, for the rows of what a kernel does.</summary>
internal sealed class GuestMachine : IMachine
{
    private const int KibibyteLg2 = 10;

    private readonly LinuxCalls _calls = new();

    /// <inheritdoc/>
    public ISystemCalls Calls => _calls;

    /// <inheritdoc/>
    public long FreeBytes
    {
        get
        {
            string line = File.ReadLines("/proc/meminfo").First(found => found.StartsWith("MemFree:"));
            string number = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return long.Parse(number, CultureInfo.InvariantCulture) << KibibyteLg2;
        }
    }

    /// <inheritdoc/>
    public void ForkAndEnd()
    {
        int child = Library.Fork();
        if (child == 0)
        {
            // Nothing of the runtime is here but this thread: the kernel closes what there is.
            Library.End(0);
        }

        if (child < 0 || Library.Wait(child, IntPtr.Zero, 0) != child)
        {
            throw new InvalidOperationException($"No child: errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <inheritdoc/>
    public void RunElsewhere(BehaviourRow row)
    {
        using Process other = Process.Start("/init", ["elsewhere", row.Name]);
        other.WaitForExit();
        if (other.ExitCode != 0)
        {
            throw new InvalidOperationException($"The other process ended with {other.ExitCode}.");
        }
    }
}
