namespace GraphOrder.Reports;

/// <summary>A rectangle in pixels.</summary>
internal readonly record struct SvgBox(double X, double Y, double Width, double Height)
{
    /// <summary>The right edge.</summary>
    public double EndX => X + Width;

    /// <summary>The lower edge.</summary>
    public double EndY => Y + Height;
}
