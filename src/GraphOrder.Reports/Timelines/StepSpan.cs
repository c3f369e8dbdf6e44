namespace GraphOrder.Reports;

/// <summary>From when to when, in microseconds or steps.</summary>
internal readonly record struct StepSpan(long Start, long End)
{
    /// <summary>How long.</summary>
    public long Length => End - Start;
}
