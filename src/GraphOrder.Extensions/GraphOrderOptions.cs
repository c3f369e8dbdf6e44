namespace GraphOrder.Extensions;

/// <summary>What a host chooses when it registers GraphOrder.</summary>
public sealed class GraphOrderOptions
{
    /// <summary>The two kernels of an update.</summary>
    public KernelPair Kernels { get; set; } = KernelPair.Linux73;

    /// <summary>
    /// The models of both kernels by name, <c>MODEL</c> or <c>OLD:NEW</c>, for configuration that is text; it
    /// goes before <see cref="Kernels"/>. Null where that decides.
    /// </summary>
    public string? Model { get; set; }

    /// <summary>The greatest number of diagnostics of each code to report; at least 1.</summary>
    public int DiagnosticCountMax { get; set; } = DiagnosticList.CountMaxDefault;

    /// <summary>What a request may cost; null for the usual limits.</summary>
    public RequestLimits? Limits { get; set; }

    /// <summary>The kernels that <see cref="Model"/> names, else <see cref="Kernels"/>.</summary>
    /// <exception cref="RequestException">It names none.</exception>
    internal KernelPair ChosenKernels() =>
        Model is null ? Kernels : RequestNames.KernelsOf("GraphOrderOptions.Model", Model);
}
