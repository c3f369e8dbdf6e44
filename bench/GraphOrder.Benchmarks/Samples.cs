using System.Globalization;

namespace GraphOrder.Benchmarks;

/// <summary>
/// What was measured round by round: times, or ratios of interleaved pairs. Tells the median, and an interval
/// that holds the true one in 95 of 100 cases, whatever the distribution (order statistics of the binomial
/// distribution). Not thread-safe.
/// </summary>
internal sealed class Samples
{
    private const double HalfWidth = 0.98;
    private const int TellingCount = 6;

    private readonly List<double> _values = [];

    /// <summary>How many rounds there were.</summary>
    public int Count => _values.Count;

    /// <summary>What a round gave.</summary>
    public double this[int round] => _values[round];

    /// <summary>The least.</summary>
    public double Min => _values.Min();

    /// <summary>The median; NaN where there is none.</summary>
    public double Median => _values.Count == 0 ? double.NaN : Sorted()[_values.Count / 2];

    /// <summary>Adds a round.</summary>
    public void Add(double value) => _values.Add(value);

    /// <summary>The median with its interval, where there are enough rounds for one.</summary>
    public override string ToString()
    {
        if (_values.Count < TellingCount)
        {
            return Median.ToString("f3", CultureInfo.InvariantCulture);
        }

        double[] sorted = Sorted();
        int middle = sorted.Length / 2;
        int off = (int)Math.Ceiling(HalfWidth * Math.Sqrt(sorted.Length));
        double low = sorted[Math.Max(0, middle - off)];
        double high = sorted[Math.Min(sorted.Length - 1, middle + off)];
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[middle]:f3} [{low:f3}-{high:f3}]");
    }

    private double[] Sorted() => [.. _values.Order()];
}
