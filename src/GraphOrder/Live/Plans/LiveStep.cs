using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A step of a phase, by ids of the live graph. Immutable.</summary>
/// <param name="Object">
/// The file, object or act; null where a session moves at once, or everything does.
/// </param>
/// <param name="Session">The session in which it moves; null where everything moves at once.</param>
public sealed record LiveStep(ObjectId? Object, SessionId? Session)
{
    /// <summary>The token of a file; null where the step is none.</summary>
    public ulong? Token { get; init; }

    /// <summary>Whether <see cref="Object"/> is an act.</summary>
    public bool IsAct { get; init; }

    /// <summary>
    /// What moves inside it, as the phase has it; empty where everything moves at once, which moves all.
    /// </summary>
    public ImmutableArray<ObjectId> Carried { get; init; } = [];

    /// <summary>Its wave, as the phase counts.</summary>
    internal int Wave { get; init; }

    /// <summary>Its place in the phase.</summary>
    internal StepRank Rank { get; init; }
}
