namespace GraphOrder.LiveUpdate;

/// <summary>
/// What a journal says of each step of its plan in one kernel: the last word counts. Immutable.
/// </summary>
internal sealed class StepProgress
{
    private readonly StepRecord?[] _records;

    private StepProgress(StepRecord?[] records)
    {
        _records = records;
    }

    /// <summary>Whether the copy of the journal was preserved in this kernel.</summary>
    public bool IsJournalPreserved { get; private init; }

    /// <summary>The last record of a step; null where it was never begun in this kernel.</summary>
    public StepRecord? this[int number] => _records[number];

    /// <summary>Reads the progress of the kernel in which the journal was last written.</summary>
    public static StepProgress Of(Journal journal, UpdatePlan plan) =>
        Of(journal, plan, journal.Kernels[^1].Boot);

    /// <summary>Reads the progress of one kernel.</summary>
    public static StepProgress Of(Journal journal, UpdatePlan plan, string boot)
    {
        StepRecord?[] records = new StepRecord?[plan.Steps.Count + 1];
        bool isPreserved = false;
        foreach (StepRecord record in journal.Steps)
        {
            if (journal.Kernels[record.Kernel].Boot != boot || (uint)record.Step >= (uint)records.Length)
            {
                continue;
            }

            isPreserved |= record is { Step: 0, Verb: StepVerb.Preserve, IsDone: true };
            records[record.Step] = record.Step == 0 ? null : record;
        }

        return new StepProgress(records) { IsJournalPreserved = isPreserved };
    }

    /// <summary>Whether a step was done.</summary>
    public bool IsDone(int number) => _records[number] is { IsDone: true };

    /// <summary>Whether a step was begun and nobody knows how it ended.</summary>
    public bool IsInDoubt(int number) => _records[number] is { IsEnded: false };

    /// <summary>Whether a step failed.</summary>
    public bool IsFailed(int number) => _records[number] is { IsFailed: true };
}
