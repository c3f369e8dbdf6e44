namespace GraphOrder.LiveUpdate;

/// <summary>The errors that a chain of kernels still has to answer, and the damage to do at the next
/// jump.</summary>
internal sealed class Faults
{
    private readonly List<(SimulatedFault Fault, int Left)> _faults = [];

    public List<(string Session, ulong Token, HandoverDamage Damage)> Damages { get; } = [];

    public void Add(SimulatedFault fault) => _faults.Add((fault, fault.Times));

    /// <summary>What this call answers; one that answers once is used up.</summary>
    public Errno Take(Phase phase, string session, ulong token)
    {
        for (int i = 0; i < _faults.Count; i++)
        {
            (SimulatedFault fault, int left) = _faults[i];
            if (left > 0 && fault.Phase == phase && fault.Token == token && fault.Session == session)
            {
                _faults[i] = (fault, left - 1);
                return fault.Error;
            }
        }

        return Errno.None;
    }
}
