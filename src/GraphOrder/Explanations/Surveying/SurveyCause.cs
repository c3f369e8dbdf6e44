using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Why some hosts cannot be updated: all that have the same trouble. Immutable.</summary>
/// <param name="Key">What is wrong, without ids.</param>
/// <param name="Hosts">The places of the hosts in <see cref="Survey.Hosts"/>, ascending.</param>
/// <param name="Example">
/// The place of the host to look at: it has the fewest other causes, and of those the fewest objects, and of
/// those the first name.
/// </param>
/// <param name="Diagnostic">What is wrong with the example.</param>
public sealed record SurveyCause(
    CauseKey Key, ImmutableArray<int> Hosts, int Example, Diagnostic Diagnostic)
{
    /// <summary>
    /// What makes the example legal; null where nothing does, where nobody looked, and where there is an
    /// order already.
    /// </summary>
    public SurveyWayOut? WayOut { get; init; }
}
