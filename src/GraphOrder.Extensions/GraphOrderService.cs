using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions;

/// <summary>Plans for the kernels that the host chose. Immutable and thread-safe: register it once.</summary>
public sealed class GraphOrderService
{
    private readonly GraphOrderOptions _options;

    /// <summary>Takes the options of the host, once.</summary>
    public GraphOrderService(IOptions<GraphOrderOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
    }

    /// <summary>The kernels that plans are made for.</summary>
    public KernelPair Kernels => _options.Kernels;

    /// <inheritdoc cref="Planner.Plan(SessionSet, KernelPair, PlanOptions?, CancellationToken)"/>
    public PlanResult Plan(SessionSet set, CancellationToken cancellation = default) =>
        Planner.Plan(
            set,
            _options.Kernels,
            new PlanOptions { DiagnosticCountMax = _options.DiagnosticCountMax },
            cancellation);
}
