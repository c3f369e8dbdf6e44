namespace GraphOrder;

/// <summary>Where <see cref="PlanRows"/> finds the wave of a step.</summary>
internal enum WaveSource : byte
{
    /// <summary>It is the step's own number.</summary>
    StepNumber,

    /// <summary>At the step.</summary>
    Step,

    /// <summary>At the thing that moves.</summary>
    Thing,

    /// <summary>At the session in which it moves.</summary>
    Session,
}
