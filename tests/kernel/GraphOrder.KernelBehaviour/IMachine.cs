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

    /// <summary>A child with a copy of every descriptor comes and ends.</summary>
    void ForkAndEnd();

    /// <summary>Another process, with no descriptor of this one, runs <see
    /// cref="BehaviourTable.RunElsewhere"/> of this row, and ends holding what it holds.</summary>
    void RunElsewhere(BehaviourRow row);
}
