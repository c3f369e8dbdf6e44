namespace GraphOrder.Cli;

/// <summary>
/// The median of the rounds' ratios, with an interval that holds the true one in 95 of 100 cases, whatever
/// the distribution (order statistics of the binomial distribution).
/// </summary>
/// <param name="Median">The median.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
internal readonly record struct MedianRatio(double Median, double Low, double High)
{
    private const double HalfWidth = 0.98;

    /// <summary>That of some ratios, at least one.</summary>
    public static MedianRatio Of(List<double> ratios)
    {
        ratios.Sort();
        int off = (int)Math.Ceiling(HalfWidth * Math.Sqrt(ratios.Count));
        int middle = ratios.Count / 2;
        return new(
            ratios[middle], ratios[Math.Max(0, middle - off)],
            ratios[Math.Min(ratios.Count - 1, middle + off)]);
    }
}
