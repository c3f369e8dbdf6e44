using System.Globalization;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Lists of step numbers, with runs of three or more drawn together: <c>3 5-8</c>, <c>12-9</c>.
/// </summary>
internal static class NumberRuns
{
    /// <summary>Writes numbers in the order given.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="separator">What stands between two of them.</param>
    /// <param name="countMax">How many pieces are written out; the rest is counted.</param>
    public static string Of(ReadOnlySpan<int> numbers, string separator, int countMax = int.MaxValue)
    {
        StringBuilder text = new();
        int pieces = 0;
        int next = 0;
        while (next < numbers.Length && pieces < countMax)
        {
            int first = next;
            int step = first + 1 < numbers.Length ? numbers[first + 1] - numbers[first] : 0;
            while (step is 1 or -1 && next + 1 < numbers.Length && numbers[next + 1] - numbers[next] == step)
            {
                next++;
            }

            next = next - first >= 2 ? next : first;
            text.Append(text.Length > 0 ? separator : "");
            text.Append(CultureInfo.InvariantCulture, $"{numbers[first]}");
            _ = next > first ? text.Append(CultureInfo.InvariantCulture, $"-{numbers[next]}") : text;
            pieces++;
            next++;
        }

        return next < numbers.Length
            ? text.Append(CultureInfo.InvariantCulture, $" and {numbers.Length - next} more").ToString()
            : text.ToString();
    }
}
