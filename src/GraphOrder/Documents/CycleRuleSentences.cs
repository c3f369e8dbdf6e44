namespace GraphOrder;

/// <summary>What a lifecycle model says, in words: the <c>rule</c> of a cycle's step.</summary>
public static class CycleRuleSentences
{
    /// <summary>The rule by which a step of a cycle must be so.</summary>
    public static string Of(string model, CycleStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        string verb = Verb(step.Phase);
        return step.Rule switch
        {
            CycleRule.NeededFirst => $"{model} {verb} what is needed first",
            CycleRule.NeedingFirst => $"{model} {verb} what needs it first",
            CycleRule.PreserveOrder => $"{model} {verb} the files of a session in preserve order",
            CycleRule.ReversePreserveOrder => $"{model} {verb} a session in reverse preserve order",
            CycleRule.SessionBySession when step.Phase == Phase.Freeze =>
                $"{model} freezes sessions in creation order",
            CycleRule.SessionBySession when step.Phase == Phase.Unfreeze =>
                $"{model} unfreezes sessions in reverse creation order",
            CycleRule.SessionBySession when step.Phase == Phase.Finish =>
                $"{model} finishes a session as a whole: FINISH names no file",
            CycleRule.SessionBySession => $"{model} {verb} a session as a whole, when it is closed",
            _ => "the kernel has it already, and its lists only grow at the end",
        };
    }

    private static string Verb(Phase phase) => phase switch
    {
        Phase.Preserve => "preserves",
        Phase.Freeze => "freezes",
        Phase.Unfreeze => "unfreezes",
        Phase.Unpreserve => "unpreserves",
        Phase.Retrieve => "retrieves",
        _ => "finishes",
    };
}
