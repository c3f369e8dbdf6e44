using System.Globalization;

namespace GraphOrder;

/// <summary>
/// How many random cases a test looks at: with GRAPHORDER_SHORT=10 a tenth, for mutation testing, which runs
/// them once for each of thousands of changes. Compiled into each project of tests that asks.
/// </summary>
internal static class Effort
{
    private static readonly string? Short = Environment.GetEnvironmentVariable("GRAPHORDER_SHORT");

    private static readonly int Part = int.Parse(Short ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Whether it is a part of them.</summary>
    public static bool IsShort => Short is not null;

    /// <summary>So many cases, or so many found among them.</summary>
    public static int Of(int count) => count / Part;

    /// <summary>The seeds from 1 up to a count; at least one.</summary>
    public static IEnumerable<int> Seeds(int count) => Enumerable.Range(1, Math.Max(1, Of(count)));
}
