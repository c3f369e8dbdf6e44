namespace GraphOrder.LiveUpdate;

/// <summary>What a run works with, beside the plan.</summary>
/// <param name="Calls">The kernel.</param>
/// <param name="Descriptors">What was handed to it, and what it opens.</param>
/// <param name="Journal">Where it says what it is about to do.</param>
/// <param name="Time">What measures.</param>
public sealed record RunContext(
    ISystemCalls Calls, UpdateDescriptors Descriptors, JournalWriter Journal, TimeProvider Time)
{
    /// <summary>Does acts; null where nobody does, and then a plan with acts is not run.</summary>
    public IActRunner? Acts { get; init; }

    /// <summary>Takes what is retrieved; null where the caller keeps it.</summary>
    public IFileTaker? Taker { get; init; }

    /// <summary>Who holds sessions; null where that cannot be seen.</summary>
    public ISessionHolders? Holders { get; init; }

    /// <summary>Files whose memory nobody writes to between preserve and retrieve.</summary>
    public IReadOnlySet<string> Stable { get; init; } = new HashSet<string>();

    /// <summary>Files that are taken though they are not as they were.</summary>
    public IReadOnlySet<string> AcceptDiffering { get; init; } = new HashSet<string>();

    /// <summary>Asked between two steps; a step is never broken off.</summary>
    public CancellationToken Cancellation { get; init; }
}
