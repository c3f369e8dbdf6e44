using System.Globalization;
using GraphOrder.KernelBehaviour;

namespace GraphOrder.LiveUpdate.Tests.Simulation;

/// <summary>A machine of simulated kernels, by default those that the tests of the real one boot.</summary>
internal sealed class SimulatedMachine : IMachine
{
    private static readonly SimulationOptions WithMockStates = new()
    {
        Flbs = [new("v0", [ObjectKind.Memfd]), new("v1", [ObjectKind.Memfd]), new("v2", [ObjectKind.Memfd])],
    };

    private SimulatedProcess _process;
    private int _eventsRead;

    public SimulatedMachine(SimulatedKernel? kernel = null) =>
        _process = (kernel ?? new SimulatedKernel(WithMockStates)).StartProcess();

    public ISystemCalls Calls => _process;

    public SimulatedKernel Kernel => _process.Kernel;

    public long FreeBytes => Kernel.FreeBytes;

    public long UpdateNumber => Kernel.UpdateNumber;

    public void ForkAndEnd() => _process.Fork().End();

    public void RunElsewhere(BehaviourRow row)
    {
        SimulatedMachine other = new(Kernel);
        BehaviourTable.RunElsewhere(row, other);
        other._process.End();
    }

    public CallResult Map(int descriptor) => _process.MapPage(descriptor);

    public void Damage(HandoverDamage damage, int memory = -1, string session = "", ulong token = 0) =>
        Kernel.Damage(session, token, damage);

    public IReadOnlyList<string> FlbActs()
    {
        List<string> acts = [];
        for (; _eventsRead < Kernel.Events.Count; _eventsRead++)
        {
            SimulationEvent found = Kernel.Events[_eventsRead];
            string name = found.Kind.ToString();
            if (name.StartsWith("Flb", StringComparison.Ordinal))
            {
                acts.Add($"{name[3..].ToLowerInvariant()} {found.Session}");
            }
        }

        return acts;
    }

    public IReadOnlyList<string> Frozen(string prefix)
    {
        List<(string Session, List<ulong> Tokens)> sessions = [];
        foreach (SimulationEvent found in Kernel.Events)
        {
            if (found.Kind == SimulationEventKind.Freeze && found.Kernel == Kernel.Number - 1
                && found.Session.StartsWith(prefix, StringComparison.Ordinal))
            {
                if (sessions.Count == 0 || sessions[^1].Session != found.Session)
                {
                    sessions.Add((found.Session, []));
                }

                sessions[^1].Tokens.Add(found.Token);
            }
        }

        return [.. sessions.Select(session => string.Create(
            CultureInfo.InvariantCulture, $"{session.Session}:{string.Join(',', session.Tokens)}"))];
    }

    /// <summary>Loads an image and jumps; the process is the next kernel's first one.</summary>
    public void Kexec() => _process = _process.Kexec();

    /// <summary>The same where the next kernel does not start.</summary>
    public void KexecIntoPanic()
    {
        Assert.That(_process.TryKexec().IsDone, Is.True);
        Assert.That(Kernel.Next!.HasPanicked, Is.True);
    }
}
