namespace GraphOrder.Reports;

/// <summary>What turned steps round, in a sentence without its full stop.</summary>
internal static class CauseSentence
{
    /// <summary>The cause; of changed dependencies the dependencies themselves.</summary>
    public static string Of(PlanDifference difference, OrderCause cause) => cause.Kind switch
    {
        OrderCauseKind.Dependencies => string.Join(" and ", cause.Changes.Select(
            change => Changed(difference.Dependencies[change]))),
        OrderCauseKind.Model => $"the models decide {cause.Phase.Name()} differently: "
            + $"{PlainText.Id(difference.First.Result.Model)}, "
            + PlainText.Id(difference.Second.Result.Model),
        OrderCauseKind.Preserve => "follows from preserve: files of a session go in preserve order or "
            + "against it, and are turned round there",
        OrderCauseKind.Objects => "objects or sessions that only one of the two has, or that live elsewhere",
        OrderCauseKind.Document => "the document's order: no dependency that orders them changed, and the "
            + "sets name them the other way round",
        OrderCauseKind.Chosen => "the second plan's own choice: planned again, its set has another order",
        _ => "nothing that the two sets say",
    };

    private static string Changed(DependencyChange change)
    {
        string how = change.First is null ? "new" : change.Second is null ? "gone" : "changed";
        return $"{PlainText.Id(change.Dependent)} needs {PlainText.Id(change.On)} ({how})";
    }
}
