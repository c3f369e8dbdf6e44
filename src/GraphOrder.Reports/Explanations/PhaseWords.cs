namespace GraphOrder.Reports;

/// <summary>Phases in sentences.</summary>
internal static class PhaseWords
{
    /// <summary><c>be preserved</c>, <c>finish</c>: what something must do before another.</summary>
    public static string ToDo(Phase phase) => phase switch
    {
        Phase.Preserve => "be preserved",
        Phase.Freeze => "freeze",
        Phase.Unfreeze => "unfreeze",
        Phase.Unpreserve => "be unpreserved",
        Phase.Retrieve => "be retrieved",
        _ => "finish",
    };

    /// <summary>How a model decides a phase, in words.</summary>
    public static string Describe(PhaseRule rule)
    {
        string sessions = rule.Between.IsInterleaved ? ""
            : $"one session at a time, in {(rule.IsBackward ? "reverse " : "")}{Order(rule.Between)} order";
        string inside = rule switch
        {
            { Unit: StepUnit.Everything } => "everything at once",
            { Unit: StepUnit.Session } => "each session at once",
            { Unit: StepUnit.Object } => "one object at a time, in an order of our choice",
            { Inside: InsideSession.Chosen } => "one file at a time, in an order of our choice",
            { Inside: InsideSession.PreserveForward } => "its files in preserve order",
            _ => "its files in reverse preserve order",
        };
        return sessions.Length == 0 ? inside : $"{sessions}; {inside}";
    }

    private static string Order(SessionOrder order) =>
        order == SessionOrder.Create ? "creation" : PlainText.Id(order.Name);
}
