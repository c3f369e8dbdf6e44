namespace GraphOrder;

/// <summary>The set of a host cannot be read at all.</summary>
/// <param name="reason">
/// Why, without the host's own names: hosts that cannot be read for one reason are one cause.
/// </param>
/// <param name="inner">What was thrown; null for nothing.</param>
public sealed class HostUnreadableException(string reason, Exception? inner = null)
    : Exception($"The document cannot be read: {reason}.", inner)
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
