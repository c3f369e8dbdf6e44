namespace GraphOrder.LiveUpdate;

/// <summary>Where the bytes of a journal go. Not thread-safe.</summary>
public interface IJournalStore
{
    /// <summary>Adds bytes behind all that are there.</summary>
    /// <exception cref="IOException">They cannot be written; then no act may follow.</exception>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Comes back when everything that was added would outlive the machine's power.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Flush();
}
