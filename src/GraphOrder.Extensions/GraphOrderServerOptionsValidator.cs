using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions;

/// <summary>Says which option of a server makes no sense, before it listens.</summary>
internal sealed class GraphOrderServerOptionsValidator : IValidateOptions<GraphOrderServerOptions>
{
    public ValidateOptionsResult Validate(string? name, GraphOrderServerOptions options)
    {
        List<string> failures = [];
        if (options.SocketPath is "")
        {
            failures.Add("GraphOrderServerOptions.SocketPath is empty. Name a path, or leave it null.");
        }

        if (options.Limits is not { } limits)
        {
            failures.Add("GraphOrderServerOptions.Limits must not be null.");
            return ValidateOptionsResult.Fail(failures);
        }

        AtLeastOne(failures, "LineBytesMax", limits.LineBytesMax);
        AtLeastOne(failures, "HeldBytesMax", limits.HeldBytesMax);
        AtLeastOne(failures, "ConnectionCountMax", limits.ConnectionCountMax);
        AtLeastOne(failures, "WatchLineCountMax", limits.WatchLineCountMax);
        AtLeastOne(failures, "RequestTime", limits.RequestTime.Ticks);
        AtLeastOne(failures, "LineTime", limits.LineTime.Ticks);
        AtLeastOne(failures, "IdleTime", limits.IdleTime?.Ticks ?? 1);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void AtLeastOne(List<string> failures, string name, long value)
    {
        if (value < 1)
        {
            failures.Add($"GraphOrderServerOptions.Limits.{name} must be positive; it is {value}.");
        }
    }
}
