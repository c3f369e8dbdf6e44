namespace GraphOrder.Extensions;

/// <summary>How much memory lines that are not whole yet take in all connections. Thread-safe.</summary>
internal sealed class HeldBytes(long max)
{
    private long _count;

    /// <summary>How many bytes are taken now.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Takes so many bytes more; false where there would be too many.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _count, bytes) <= max)
        {
            return true;
        }

        Interlocked.Add(ref _count, -bytes);
        return false;
    }

    /// <summary>Gives them back.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _count, -bytes);
}
