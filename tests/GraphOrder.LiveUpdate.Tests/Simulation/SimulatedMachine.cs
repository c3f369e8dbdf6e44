using GraphOrder.KernelBehaviour;

namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>A machine of simulated kernels.</summary>
internal sealed class SimulatedMachine : IMachine
{
    private SimulatedProcess _process;

    public SimulatedMachine(SimulatedKernel kernel) => _process = kernel.StartProcess();

    public ISystemCalls Calls => _process;

    public long FreeBytes => _process.Kernel.FreeBytes;

    public void ForkAndEnd() => _process.Fork().End();

    public void RunElsewhere(BehaviourRow row)
    {
        SimulatedMachine other = new(_process.Kernel);
        BehaviourTable.RunElsewhere(row, other);
        other._process.End();
    }

    /// <summary>Loads an image and jumps; the process is the next kernel's first one.</summary>
    public void Kexec() => _process = _process.Kexec();
}
