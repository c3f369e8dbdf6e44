using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What a lifecycle model says, in words: the <c>rule</c> of a cycle's step.</summary>
public static class CycleRuleSentences
{
    /// <summary>
    /// The rule by which a step of a cycle must be so; it names the model of the step's own kernel.
    /// </summary>
    /// <param name="rules">What each of the six phases does, in phase order.</param>
    /// <param name="step">The step.</param>
    public static string Of(ImmutableArray<CyclePhase> rules, CycleStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        CyclePhase phase = rules[(int)step.Phase];
        string does = $"{phase.Model} {Verb(step.Phase)}";
        return step.Rule switch
        {
            CycleRule.NeededFirst => $"{does} what is needed first",
            CycleRule.NeedingFirst => $"{does} what needs it first",
            CycleRule.PreserveOrder => $"{does} {Files(phase)} in preserve order{Forward(step.Phase)}",
            CycleRule.ReversePreserveOrder => $"{does} {Whole(phase)} in reverse preserve order",
            CycleRule.SessionBySession => $"{does} {BySession(phase)}",
            _ => "the kernel has it already, and its lists only grow at the end",
        };
    }

    private static string Files(CyclePhase phase) =>
        phase.Between is null ? "files" : "the files of a session";

    private static string Whole(CyclePhase phase) => phase.Between is null ? "files" : "a session";

    // Where what needs goes first, nobody expects what is needed to be taken first all the same.
    private static string Forward(Phase phase) => phase.NeededGoesFirst() ? "" : ", forward";

    // The three orders that every kernel here has are told by what makes them; any other by its name.
    private static string BySession(CyclePhase phase) => phase switch
    {
        { Between: "create", IsBackward: false } => "sessions in creation order",
        { Between: "create" } => "sessions in reverse creation order",
        { IsAtOnce: true } => "one session after another, each at once",
        { Phase: Phase.Finish, IsCalledBySession: true } => "a session as a whole: FINISH names no file",
        { Between: "close", IsCalledBySession: true } => "a session as a whole, when it is closed",
        _ => $"one session after another, in the order '{phase.Between}'"
            + (phase.IsBackward ? " backward" : ""),
    };

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
