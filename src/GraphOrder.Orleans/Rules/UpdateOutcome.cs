namespace GraphOrder.Orleans;

/// <summary>How the update of a host ended.</summary>
public enum UpdateOutcome
{
    /// <summary>It runs the new kernel and its guests run.</summary>
    Done,

    /// <summary>It did not come through; somebody has to look at it.</summary>
    Failed,
}
