using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Why a step of a cycle must be so, beside the dependency itself.</summary>
public enum CycleRule : byte
{
    /// <summary>The phase takes what is needed first; nothing else is in the way.</summary>
    NeededFirst,

    /// <summary>The phase takes what needs first; nothing else is in the way.</summary>
    NeedingFirst,

    /// <summary>Inside a session the phase runs in preserve order.</summary>
    PreserveOrder,

    /// <summary>Inside a session the phase runs in reverse preserve order.</summary>
    ReversePreserveOrder,

    /// <summary>The phase takes one session after another.</summary>
    SessionBySession,

    /// <summary>The kernel has it already, and its lists only grow at the end.</summary>
    FixedBeginning,
}

/// <summary>
/// One step of a cycle: <see cref="First"/> must go before <see cref="Then"/>. Names, not ids.
/// </summary>
/// <param name="First">What must go first: an object's id or <c>session:NAME</c>.</param>
/// <param name="Then">What must go after it.</param>
/// <param name="Phase">The phase that says so.</param>
/// <param name="Dependent">The end that needs; empty for a fixed beginning.</param>
/// <param name="On">The end that is needed; empty for a fixed beginning.</param>
/// <param name="DeclaredBy">Who declared the dependency.</param>
/// <param name="Why">Why it exists.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Rule">The model's rule.</param>
/// <param name="JoinedBy">
/// The file or session that joins this step to the next one where that begins at another object; else null.
/// </param>
public sealed record CycleStep(
    string First,
    string Then,
    Phase Phase,
    string Dependent,
    string On,
    string? DeclaredBy,
    string? Why,
    SourceLocation Location,
    CycleRule Rule,
    string? JoinedBy);

/// <summary>How the kernel of a phase takes sessions and files: what a cycle's rules are told from.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Model">The model of its kernel.</param>
/// <param name="Between">The order of sessions that it follows; null where they mix.</param>
/// <param name="IsBackward">Whether it runs that order backward.</param>
/// <param name="IsCalledBySession">Whether a call names a session and nothing in it.</param>
/// <param name="IsAtOnce">Whether what is in a session moves at once.</param>
public sealed record CyclePhase(
    Phase Phase,
    string Model,
    string? Between,
    bool IsBackward,
    bool IsCalledBySession,
    bool IsAtOnce);

/// <summary>
/// A closed walk: the last step leads back to the first. It begins at the object that stands first in the
/// document, so that equal cycles compare equal. Immutable.
/// </summary>
/// <param name="Model">The lifecycle model under which it is one.</param>
/// <param name="Steps">At least one step.</param>
/// <param name="Phases">Every phase in which the same dependencies are cyclic.</param>
/// <param name="IsShortest">
/// Whether no shorter one exists in its strong component; false where the component is too large to be sure.
/// </param>
public sealed record DependencyCycle(
    string Model,
    ImmutableArray<CycleStep> Steps,
    PhaseSet Phases,
    bool IsShortest)
{
    /// <summary>What each of the six phases does, in phase order.</summary>
    public required ImmutableArray<CyclePhase> Rules { get; init; }

    /// <inheritdoc/>
    public bool Equals(DependencyCycle? other) =>
        other is not null
        && Model == other.Model
        && Phases == other.Phases
        && IsShortest == other.IsShortest
        && Rules.AsSpan().SequenceEqual(other.Rules.AsSpan())
        && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Model, Phases, Steps.Length, Steps[0]);
}
