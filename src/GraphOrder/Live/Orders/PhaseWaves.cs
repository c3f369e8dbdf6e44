namespace GraphOrder;

/// <summary>How the waves of a phase are counted.</summary>
/// <param name="Counting">How.</param>
/// <param name="Base">The first wave behind what the kernel has, or the last wave.</param>
internal readonly record struct PhaseWaves(WaveCounting Counting, int Base)
{
    /// <summary>The wave of a step, as a plan has it.</summary>
    public int Of(LiveStep step, int number) => Counting switch
    {
        WaveCounting.StepNumber => number,
        WaveCounting.BehindBeginning => step.Wave + (step.Rank.First >= StepRank.Behind ? Base : 0),
        WaveCounting.FromLast => Base - step.Wave,
        _ => step.Wave,
    };
}
