namespace GraphOrder;

/// <summary>How the wave of a plan's step follows from what a live step says.</summary>
internal enum WaveCounting : byte
{
    /// <summary>It is that.</summary>
    AsItIs,

    /// <summary>It is the number of the step in its phase.</summary>
    StepNumber,

    /// <summary>Behind what the kernel has it is counted from there.</summary>
    BehindBeginning,

    /// <summary>It is counted from the last wave.</summary>
    FromLast,
}
