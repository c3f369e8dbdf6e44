namespace GraphOrder.Reports;

/// <summary>What a system does in a phase, as a verb.</summary>
internal static class PhaseVerbs
{
    /// <summary><c>freezes</c>.</summary>
    public static string Of(Phase phase) => phase switch
    {
        Phase.Preserve => "preserves",
        Phase.Freeze => "freezes",
        Phase.Unfreeze => "unfreezes",
        Phase.Unpreserve => "unpreserves",
        Phase.Retrieve => "retrieves",
        _ => "finishes",
    };
}
