using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions;

/// <summary>
/// Plans for the kernels that the host chose, and tells logs, metrics and traces of it. Immutable and
/// thread-safe: register it once.
/// </summary>
public sealed class GraphOrderService
{
    private readonly PlanOptions _options;
    private readonly ILogger _logger;
    private readonly GraphOrderTelemetry? _telemetry;
    private readonly TimeProvider _time;

    /// <summary>Takes the options of the host, once.</summary>
    /// <param name="options">The options.</param>
    /// <param name="kernels">The kernels to plan for; null for those of the options.</param>
    /// <param name="logger">Where plans and refusals are logged; null for nowhere.</param>
    /// <param name="telemetry">What counts them; null for nothing.</param>
    /// <param name="time">The clock of durations; null for the system's.</param>
    public GraphOrderService(
        IOptions<GraphOrderOptions> options,
        KernelPair? kernels = null,
        ILogger<GraphOrderService>? logger = null,
        GraphOrderTelemetry? telemetry = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Kernels = kernels ?? options.Value.ChosenKernels();
        _options = new PlanOptions { DiagnosticCountMax = options.Value.DiagnosticCountMax };
        _logger = logger ?? NullLogger<GraphOrderService>.Instance;
        _telemetry = telemetry;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The kernels that plans are made for.</summary>
    public KernelPair Kernels { get; }

    /// <inheritdoc cref="Planner.Plan(SessionSet, KernelPair, PlanOptions?, CancellationToken)"/>
    public PlanResult Plan(SessionSet set, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        using Activity? activity = GraphOrderTelemetry.Source.StartActivity("graphorder.plan");
        long start = _time.GetTimestamp();
        PlanResult result = Planner.Plan(set, Kernels, _options, cancellation);
        TimeSpan spent = _time.GetElapsedTime(start);
        activity?.SetTag("graphorder.model", result.Model);
        activity?.SetTag("graphorder.objects", set.Objects.Length);
        activity?.SetTag("graphorder.legal", result.IsLegal);
        _telemetry?.CountPlan(set, result, spent);
        if (result.IsLegal)
        {
            GraphOrderLog.Planned(_logger, set.Objects.Length, result.Model, spent.TotalMilliseconds);
        }
        else if (_logger.IsEnabled(LogLevel.Warning))
        {
            Diagnostic first = result.Diagnostics[0];
            GraphOrderLog.Refused(
                _logger,
                set.Objects.Length,
                result.Model,
                first.Code.Text(),
                Printable.Of(DiagnosticSentences.Sentence(first)));
        }

        return result;
    }
}
