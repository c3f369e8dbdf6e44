using StackExchange.Redis;

namespace GraphOrder.Fleet;

/// <summary>Why nobody answers, as a sentence says it.</summary>
internal static class PeerFailure
{
    /// <summary>What lies behind an exception, without a period at its end.</summary>
    public static string Of(Exception failed)
    {
        Exception cause = failed.GetBaseException();
        // Its own sentence tells programmers how to wait for it; of reminders' exception it is all there is.
        return cause is RedisConnectionException
            || cause.Message.Contains(nameof(RedisConnectionException), StringComparison.Ordinal)
                ? "Redis cannot be reached by the address or password that is given"
                : Printable.Of(cause.Message).TrimEnd('.');
    }
}
