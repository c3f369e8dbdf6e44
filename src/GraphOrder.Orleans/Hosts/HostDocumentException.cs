namespace GraphOrder.Orleans;

/// <summary>A host's document is malformed.</summary>
[GenerateSerializer]
public sealed class HostDocumentException : Exception
{
    /// <summary>One with its sentence.</summary>
    /// <param name="message">Where and what, and what to do about it.</param>
    public HostDocumentException(string message)
        : base(message)
    {
    }

    /// <summary>The schema of a document that is one of GraphOrder's and no session set; else null.</summary>
    [Id(0)]
    public string? OtherSchema { get; init; }
}
