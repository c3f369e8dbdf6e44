using System.Collections.Immutable;

namespace GraphOrder.LiveUpdate;

/// <summary>An update that ran on simulated kernels: what was done, what the kernels did, what broke.
/// Immutable.
/// </summary>
public sealed class Rehearsal
{
    internal Rehearsal(SessionSet set, string model)
    {
        Set = set;
        Model = model;
    }

    /// <summary>The set.</summary>
    public SessionSet Set { get; }

    /// <summary>The model.</summary>
    public string Model { get; }

    /// <summary>How it ended.</summary>
    public RehearsalOutcome Outcome { get; internal init; }

    /// <summary>Whether every dependency held at every moment.</summary>
    public bool Held => Broken.IsEmpty;

    /// <summary>The steps, in time.</summary>
    public ImmutableArray<RehearsedStep> Steps { get; internal init; } = [];

    /// <summary>What the kernels did, in time.</summary>
    public ImmutableArray<SimulationEvent> Events { get; internal init; } = [];

    /// <summary>Dependencies that broke, in time.</summary>
    public ImmutableArray<BrokenDependency> Broken { get; internal init; } = [];

    /// <summary>Files whose content is gone in the next kernel, in document order.</summary>
    public ImmutableArray<ObjectId> Lost { get; internal init; } = [];

    /// <summary>Sessions of the next kernel that are not finished, in document order.</summary>
    public ImmutableArray<SessionId> Unfinished { get; internal init; } = [];

    /// <summary>The first step that the kernel refused; null where none was.</summary>
    public RehearsedStep? Refused
    {
        get
        {
            foreach (RehearsedStep step in Steps)
            {
                if (step.Error != Errno.None)
                {
                    return step;
                }
            }

            return null;
        }
    }
}
