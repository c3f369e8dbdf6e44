using System.Globalization;

namespace GraphOrder.Benchmarks;

/// <summary>
/// Ratios of interleaved pairs: their median, with an interval that holds the true median in 95 of 100 cases,
/// whatever the distribution (order statistics of the binomial distribution). Immutable once read.
/// </summary>
internal sealed class Ratio
{
    private readonly List<double> _values = [];

    /// <summary>Adds a pair.</summary>
    public void Add(double value) => _values.Add(value);

    /// <summary>The median; NaN where there is none.</summary>
    public double Median
    {
        get
        {
            _values.Sort();
            return _values.Count == 0 ? double.NaN : _values[_values.Count / 2];
        }
    }

    /// <summary>The median with its interval.</summary>
    public override string ToString()
    {
        double median = Median;
        if (_values.Count < 6)
        {
            return median.ToString("f3", CultureInfo.InvariantCulture);
        }

        int off = (int)Math.Ceiling(0.98 * Math.Sqrt(_values.Count));
        int low = Math.Max(0, (_values.Count / 2) - off);
        int high = Math.Min(_values.Count - 1, (_values.Count / 2) + off);
        return string.Create(
            CultureInfo.InvariantCulture, $"{median:f3} [{_values[low]:f3}-{_values[high]:f3}]");
    }
}
