namespace GraphOrder.Extensions;

/// <summary>Why nobody can be served: one sentence, and one way out.</summary>
public sealed class ServingException : Exception
{
    /// <summary>A reason.</summary>
    /// <param name="message">What is wrong, and one way out.</param>
    /// <param name="cause">What the system said; null for nothing.</param>
    public ServingException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
