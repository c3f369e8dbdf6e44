namespace GraphOrder;

/// <summary>A set in, the models side by side out. Thread-safe.</summary>
public static class CompareRequest
{
    /// <summary>Builds the graph once and compares all models on it.</summary>
    /// <param name="set">The set.</param>
    /// <param name="cancellation">As for planning.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Comparison Answer(SessionSet set, CancellationToken cancellation = default) =>
        ModelComparer.Compare(DependencyGraph.Of(set), cancellation);
}
