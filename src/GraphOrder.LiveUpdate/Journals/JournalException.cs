namespace GraphOrder.LiveUpdate;

/// <summary>
/// A journal that cannot be acted on. The message goes on after its name: <c>is damaged: …</c>.
/// </summary>
public sealed class JournalException : Exception
{
    /// <summary>What is wrong with it.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Whether it is no journal at all, of which nothing was damaged.</summary>
    public bool IsNone { get; init; }
}
