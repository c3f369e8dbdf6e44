namespace GraphOrder.Native;

/// <summary>A call that cannot be answered, and why; it never leaves the library.</summary>
internal sealed class CallException(CallStatus status, string message) : Exception(message)
{
    /// <summary>What the call returns.</summary>
    public CallStatus Status => status;
}
