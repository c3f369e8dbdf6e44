using System.Globalization;

namespace GraphOrder.Tests;

/// <summary>
/// How many random cases a test looks at: with GRAPHORDER_SHORT=10 a tenth, for mutation testing, which runs
/// them once for each of thousands of changes.
/// </summary>
internal static class Effort
{
    private static readonly int Part = int.Parse(
        Environment.GetEnvironmentVariable("GRAPHORDER_SHORT") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>So many cases, or so many found among them.</summary>
    public static int Of(int count) => count / Part;
}
