using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A file that a repair puts into another session. Names, not ids.</summary>
/// <param name="File">The file's id.</param>
/// <param name="From">The session in which it is.</param>
/// <param name="Into">The session into which it goes.</param>
/// <param name="NewToken">
/// The token it gets because its own is taken there; null where it keeps its own.
/// </param>
public sealed record FileMove(string File, string From, string Into, ulong? NewToken);

/// <summary>A session that is gone after a repair, all its files being in another one. Names.</summary>
/// <param name="Session">The session that goes.</param>
/// <param name="Into">The session that has its files and its acts.</param>
public sealed record SessionMerge(string Session, string Into);

/// <summary>
/// A change of a set after which it has a legal order: what it does, what it costs, and what planning the
/// changed set said. Immutable and thread-safe.
/// </summary>
/// <param name="Kind">What it does.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Changed">The changed set.</param>
public sealed record Repair(RepairKind Kind, RepairCost Cost, SessionSet Changed)
{
    /// <summary>The files that change their session, in document order.</summary>
    public ImmutableArray<FileMove> Moves { get; init; } = [];

    /// <summary>
    /// The sessions that are gone, in document order, but those whose files are in several others.
    /// </summary>
    public ImmutableArray<SessionMerge> Merges { get; init; } = [];

    /// <summary>The sessions that are new.</summary>
    public ImmutableArray<string> NewSessions { get; init; } = [];

    /// <summary>
    /// The soft dependencies that are waived, one entry for each phase; the changed set does not have them
    /// in these phases any more.
    /// </summary>
    public ImmutableArray<Waiver> Waived { get; init; } = [];

    /// <summary>
    /// A weight below which no waiving alone helps: the weight waived, where that is the least there is.
    /// Null where the repair does more than waive.
    /// </summary>
    public long? WeightMin { get; init; }

    /// <summary>The verdicts, that of the model asked first.</summary>
    public ImmutableArray<RepairVerdict> Verdicts { get; init; } = [];

    /// <summary>Whether no lighter set of soft dependencies helps; for repairs that only waive.</summary>
    public bool IsLeastWeight => WeightMin == Cost.WeightWaived;

    /// <summary>Whether it is legal under every model it was planned for.</summary>
    public bool IsLegalEverywhere
    {
        get
        {
            foreach (RepairVerdict verdict in Verdicts)
            {
                if (verdict.Verdict != PlanVerdict.Legal)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
