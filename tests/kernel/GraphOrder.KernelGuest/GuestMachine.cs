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
    private int _stateActsTold;

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
    public long UpdateNumber => KernelLog.UpdateNumber();

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

    /// <inheritdoc/>
    public CallResult Map(int descriptor) => Library.MapPage(descriptor);

    /// <inheritdoc/>
    public void Damage(HandoverDamage damage, int memory = -1, string session = "", ulong token = 0)
    {
        PhysicalMemory physical = new(_calls);
        if (HandOverMemory.IsThereOnce(damage))
        {
            HandOverMemory.DamageRoot(physical, damage);
            return;
        }

        _ = _calls.Status(memory, out FileStatus status);
        HandOverMemory.DamageRecord(physical, damage, status.Bytes);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FlbActs()
    {
        List<string> acts = KernelLog.StateActs();
        List<string> newer = acts[_stateActsTold..];
        _stateActsTold = acts.Count;
        return newer;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Frozen(string prefix) =>
        HandOverMemory.Frozen(new PhysicalMemory(_calls), prefix);
}
