using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>How certain a rule is.</summary>
public enum RuleStatus : byte
{
    /// <summary>In a released kernel.</summary>
    Merged,

    /// <summary>In a series on the mailing lists.</summary>
    Posted,

    /// <summary>A conclusion of ours that no source states.</summary>
    Inferred,
}

/// <summary>One row of the rule table: what <c>needs</c> between these kinds means. Immutable.</summary>
/// <param name="Dependents">The kinds that need; empty for any file.</param>
/// <param name="On">The kinds that are needed.</param>
/// <param name="Orders">The phases in which it orders.</param>
/// <param name="Presence">
/// By which phase the needed file must be in the same session; null where it need not.
/// </param>
/// <param name="IsPulled">Whether the dependent's retrieve fetches the other by itself.</param>
/// <param name="Status">How certain it is.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record DependencyRule(
    ImmutableArray<ObjectKind> Dependents,
    ImmutableArray<ObjectKind> On,
    PhaseSet Orders,
    Phase? Presence,
    bool IsPulled,
    RuleStatus Status,
    string Source);
