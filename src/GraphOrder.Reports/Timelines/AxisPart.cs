namespace GraphOrder.Reports;

/// <summary>One part of the axis, with a scale of its own.</summary>
/// <param name="Phase">The phase; null for the jump.</param>
/// <param name="From">Where it begins, in microseconds or steps.</param>
/// <param name="To">Where it ends.</param>
/// <param name="X">Its left edge in pixels.</param>
/// <param name="Width">Its width in pixels.</param>
internal sealed record AxisPart(Phase? Phase, long From, long To, double X = 0, double Width = 0)
{
    /// <summary>How long it is.</summary>
    public long Length => To - From;

    /// <summary>Its right edge.</summary>
    public double EndX => X + Width;

    /// <summary>Pixels for one of its units; 0 where it has no length.</summary>
    public double Scale => Length > 0 ? Width / Length : 0;

    /// <summary>The name of its phase.</summary>
    public string Name => Phase?.Name() ?? "kexec";
}
