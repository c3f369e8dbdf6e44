namespace GraphOrder.Cli;

/// <summary>How far a walk is. Thread-safe.</summary>
internal sealed class WalkProgress
{
    private long _bytes;

    /// <summary>Bytes of tables that were read.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Counts bytes.</summary>
    public void Add(int bytes) => Interlocked.Add(ref _bytes, bytes);
}
