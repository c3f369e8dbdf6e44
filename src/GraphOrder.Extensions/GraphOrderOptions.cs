namespace GraphOrder.Extensions;

/// <summary>What a host chooses when it registers GraphOrder.</summary>
public sealed class GraphOrderOptions
{
    /// <summary>The two kernels of an update.</summary>
    public KernelPair Kernels { get; set; } = KernelPair.Linux73;

    /// <summary>The greatest number of diagnostics of each code to report; at least 1.</summary>
    public int DiagnosticCountMax { get; set; } = DiagnosticList.CountMaxDefault;
}
