namespace GraphOrder.Orleans;

/// <summary>A roll-out cannot be started.</summary>
[GenerateSerializer]
public sealed class RolloutException : Exception
{
    /// <summary>One with its sentence.</summary>
    /// <param name="message">Why, and what to do about it.</param>
    public RolloutException(string message)
        : base(message)
    {
    }
}
