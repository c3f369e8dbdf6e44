namespace GraphOrder;

/// <summary>
/// By what a step stands among the steps of its phase: wave and place of its session, then its own, or what
/// of these the phase goes by. Lower goes first.
/// </summary>
internal readonly record struct StepRank(long First, long Second = 0, long Third = 0, long Fourth = 0)
    : IComparable<StepRank>
{
    /// <summary>What is added to the wave of all that stands behind what the kernel has.</summary>
    public const long Behind = 1L << 40;

    public int CompareTo(StepRank other)
    {
        int order = First.CompareTo(other.First);
        order = order != 0 ? order : Second.CompareTo(other.Second);
        order = order != 0 ? order : Third.CompareTo(other.Third);
        return order != 0 ? order : Fourth.CompareTo(other.Fourth);
    }
}
