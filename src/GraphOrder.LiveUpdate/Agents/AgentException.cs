namespace GraphOrder.LiveUpdate;

/// <summary>The process on the other side of a socket did not do its part; the message says what.</summary>
public sealed class AgentException : Exception
{
    /// <summary>What it did not do.</summary>
    public AgentException(string message)
        : base(message)
    {
    }
}
