using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What may be chosen when planning. Immutable.</summary>
public sealed record PlanOptions
{
    /// <summary>Nothing waived, the usual limits.</summary>
    public static PlanOptions Default { get; } = new();

    /// <summary>Soft dependencies that do not bind this time.</summary>
    public ImmutableArray<Waiver> Waivers { get; init; } = [];

    /// <summary>Whether the plan brings what it can be checked against without its set.</summary>
    public bool WithCertificate { get; init; }

    /// <summary>The greatest number of diagnostics of each code to report.</summary>
    public int DiagnosticCountMax { get; init; } = DiagnosticList.CountMaxDefault;
}
