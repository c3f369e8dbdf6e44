using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// How long a memfd is kept from its owner under one model, and how long its pages could be given away while
/// a device may write to them. Immutable.
/// </summary>
/// <param name="Memfd">The memfd.</param>
/// <param name="HeldObjectCount">
/// Other objects preserved in later steps than it, and other objects finished in earlier steps or in the
/// same one, so that a coarse step does not look short.
/// </param>
/// <param name="HeldMicroseconds">
/// What the set says that those objects cost: to preserve the first, to finish the second, one after another.
/// </param>
public sealed record MemfdWindow(ObjectId Memfd, long HeldObjectCount, long HeldMicroseconds)
{
    /// <summary>
    /// The last object to be finished through which a device may write to it; of several in one step the
    /// first of the document. Null where no device maps it.
    /// </summary>
    public ObjectId? LastMapper { get; init; }

    /// <summary>
    /// What guards its pages from the beginning until the last mapper is finished, span after span; empty
    /// where no device maps it.
    /// </summary>
    public ImmutableArray<GuardSpan> Guards { get; init; } = [];

    /// <summary>When its pages can be given away while a device may write; null for never.</summary>
    public ExposedWindow? Exposed { get; init; }
}

/// <summary>
/// From the first moment when the pages of a memfd can be given away to the last one when a device may write
/// to them. Immutable.
/// </summary>
/// <param name="Opens">The moment when the first guard begins that lets pages go.</param>
/// <param name="Closes">The moment when the last mapper is finished.</param>
/// <param name="ObjectCount">Objects that move in the steps between, the closing step with them.</param>
/// <param name="Microseconds">What those moves cost one after another, as the set says it.</param>
public sealed record ExposedWindow(Moment Opens, Moment Closes, long ObjectCount, long Microseconds);
