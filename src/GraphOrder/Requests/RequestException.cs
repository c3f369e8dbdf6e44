namespace GraphOrder;

/// <summary>
/// What prevents an answer to a request, as one sentence and one way out. Faces show it as they show what
/// is wrong with their own input.
/// </summary>
public sealed class RequestException : Exception
{
    /// <summary>A request that is wrong.</summary>
    /// <param name="message">What is wrong with it, and one way out.</param>
    public RequestException(string message)
        : base(message)
    {
    }
}
