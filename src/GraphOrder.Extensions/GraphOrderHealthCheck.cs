using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions;

/// <summary>
/// Says which kernels GraphOrder assumes, so that a host that runs another one is seen: healthy where the
/// kernel that runs is a release of the one that plans are made for, degraded where it is not. Thread-safe.
/// </summary>
/// <example>
/// <code>services.AddHealthChecks().AddCheck&lt;GraphOrderHealthCheck&gt;("graphorder");</code>
/// </example>
public sealed class GraphOrderHealthCheck : IHealthCheck
{
    private readonly KernelPair _kernels;
    private readonly Func<string> _release;
    private readonly RequestEngine? _engine;

    /// <summary>A check.</summary>
    /// <param name="options">The options of the host.</param>
    /// <param name="engine">The engine whose growing graph is told of; null for none.</param>
    public GraphOrderHealthCheck(IOptions<GraphOrderOptions> options, RequestEngine? engine = null)
        : this(options?.Value.ChosenKernels()!, engine, static () => File.ReadAllText(ReleaseFile).Trim())
    {
    }

    internal GraphOrderHealthCheck(KernelPair kernels, RequestEngine? engine, Func<string> release)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        _kernels = kernels;
        _engine = engine;
        _release = release;
    }

    private static string ReleaseFile => "/proc/sys/kernel/osrelease";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string running = Running();
        Dictionary<string, object> data = new()
        {
            ["running"] = running,
            ["old"] = _kernels.Old.Release,
            ["next"] = _kernels.Next.Release,
            ["model"] = _kernels.ModelName,
            ["rules"] = DependencyRules.Digest.ToString(),
        };
        if (_engine is not null)
        {
            data["version"] = _engine.Version;
        }

        string assumed = $"GraphOrder plans from {_kernels.Old.Release} to {_kernels.Next.Release} under "
            + $"{_kernels.ModelName}";
        bool isSo = IsOf(_kernels.Old.Release, running);
        return Task.FromResult(isSo
            ? HealthCheckResult.Healthy($"{assumed}.", data)
            : HealthCheckResult.Degraded(
                $"{assumed}, and {running} runs here. Choose the kernels of this host.", data: data));
    }

    // 7.3.4 is meant by 7.3.4 itself and by what a distribution adds to it.
    private static bool IsOf(string release, string running) =>
        running.StartsWith(release, StringComparison.Ordinal)
        && (running.Length == release.Length || !char.IsAsciiDigit(running[release.Length]));

    private string Running()
    {
        try
        {
            return _release();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return "an unknown kernel";
        }
    }
}
