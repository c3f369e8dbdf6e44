namespace GraphOrder;

/// <summary>
/// A moment of an update that goes right: when a step is done. The steps run in this order: create,
/// preserve, the kexec with the freezes in it, retrieve, finish; a step is numbered as in its phase of the
/// plan. Immutable.
/// </summary>
/// <param name="Phase">Preserve, retrieve or finish; null for the kexec.</param>
/// <param name="Step">The step of the phase, from 0 up; 0 for the kexec.</param>
public readonly record struct Moment(Phase? Phase, int Step)
{
    /// <summary>The jump into the next kernel.</summary>
    public static Moment Kexec => default;
}
