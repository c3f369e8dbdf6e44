namespace GraphOrder;

/// <summary>
/// Says what can still be done on a host that stopped half-way, before the jump or after it, and what must
/// not be done. Thread-safe.
/// </summary>
/// <remarks>
/// The rules are the lifecycle model's and the kernel profile's, as data. Time and space O(V + E), beside
/// planning where no plan is given; what is told of a chain is as long as the chain.
/// </remarks>
public static class RecoveryPlanner
{
    /// <summary>Asks what can still be done.</summary>
    /// <param name="graph">The graph of the set that the state belongs to.</param>
    /// <param name="kernels">
    /// The two kernels: the old one's model says how files are preserved and sessions closed, the next one's
    /// how files are retrieved and finished.
    /// </param>
    /// <param name="state">How far the host came.</param>
    /// <param name="options">What is known beside that; null for nothing.</param>
    /// <param name="cancellation">Checked before each part.</param>
    /// <returns>
    /// An answer, or errors where the plan that was given is none, is another set's, or does not say when
    /// each file is preserved.
    /// </returns>
    /// <exception cref="ArgumentException">The state belongs to another set.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// RecoveryResult result = RecoveryPlanner.Recover(DependencyGraph.Of(set), KernelPair.Linux73, state);
    /// if (result.TryGetRecovery(out Recovery? recovery))
    ///     foreach (DependencyEnd next in recovery.Finish) agent.Finish(next.SessionId);
    /// </code>
    /// </example>
    public static RecoveryResult Recover(
        DependencyGraph graph,
        KernelPair kernels,
        HostState state,
        RecoveryOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(kernels);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Set != graph.Set)
        {
            throw new ArgumentException("The state belongs to another set.", nameof(state));
        }

        options ??= RecoveryOptions.Default;
        DiagnosticList diagnostics = new();
        PreserveOrderSource order = PreserveOrderSource.Find(
            graph, kernels, state, options.Plan, diagnostics, cancellation);
        if (diagnostics.HasErrors)
        {
            return new RecoveryResult(kernels.ModelName, diagnostics.ToImmutable());
        }

        cancellation.ThrowIfCancellationRequested();
        Recovery recovery = state.IsOldKernel
            ? new OldKernelRecovery(graph, kernels, state, order).Find(diagnostics)
            : new NewKernelRecovery(graph, kernels, state, order, options).Find(diagnostics);
        return new RecoveryResult(recovery with { Diagnostics = diagnostics.ToImmutable() });
    }
}
