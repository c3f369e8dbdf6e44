using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelBehaviour;

/// <summary>A machine with live update on which rows run: a simulated one, or a guest whose init this
/// is.</summary>
public interface IMachine
{
    /// <summary>The calls of the process that runs the rows.</summary>
    ISystemCalls Calls { get; }

    /// <summary>Memory that nothing holds, as MemFree of /proc/meminfo.</summary>
    long FreeBytes { get; }

    /// <summary>The count of live updates that the kernel said as it started; 0 where it said none.</summary>
    long UpdateNumber { get; }

    /// <summary>A child with a copy of every descriptor comes and ends.</summary>
    void ForkAndEnd();

    /// <summary>Another process, with no descriptor of this one, runs <see
    /// cref="BehaviourTable.RunElsewhere"/> of this row, and ends holding what it holds.</summary>
    void RunElsewhere(BehaviourRow row);

    /// <summary>mmap(2) of a file's first page, shared, to read and to write; unmapped again.</summary>
    CallResult Map(int descriptor);

    /// <summary>
    /// Damages what the next kernel is handed: the record of a preserved memfd, which is the one of its size
    /// in this machine, or what is there once, whatever the memfd.
    /// </summary>
    void Damage(HandoverDamage damage, int memory = -1, string session = "", ulong token = 0);

    /// <summary>What was done with global states since this was asked last, each as "preserve v0".</summary>
    IReadOnlyList<string> FlbActs();

    /// <summary>
    /// In the order in which the kernel before froze them, its sessions whose names begin so, each as
    /// "name:token,token". Only before the device of this kernel is first opened.
    /// </summary>
    IReadOnlyList<string> Frozen(string prefix);
}
