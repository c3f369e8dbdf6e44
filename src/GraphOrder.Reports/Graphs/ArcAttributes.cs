using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>What a graph that is read back says of a dependency, under names of a set's members.</summary>
internal static class ArcAttributes
{
    /// <summary>Names and values in a fixed order.</summary>
    /// <param name="dependency">The dependency.</param>
    /// <param name="weightName">What its weight is called; <c>weight</c> may be the layout's.</param>
    public static IEnumerable<(string Name, string Value)> Of(Dependency dependency, string weightName)
    {
        yield return ("phases", PhasesOf(dependency));
        if (dependency.Strength == DependencyStrength.Soft)
        {
            yield return ("strength", "soft");
        }

        if (dependency.Weight != 1)
        {
            yield return (weightName, dependency.Weight.ToString(CultureInfo.InvariantCulture));
        }

        if (dependency.Origin.DeclaredBy is { } declarer)
        {
            yield return ("declaredBy", declarer);
        }

        if (dependency.Origin.Why is { } why)
        {
            yield return ("why", why);
        }
    }

    /// <summary>The phases with spaces between them.</summary>
    public static string PhasesOf(in Dependency dependency) =>
        dependency.Phases.ToString().Replace(",", "", StringComparison.Ordinal);
}
