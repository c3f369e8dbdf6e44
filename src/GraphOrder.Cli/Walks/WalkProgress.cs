namespace GraphOrder.Cli;

/// <summary>How far a walk is. Written by the thread that walks, read by any.</summary>
internal sealed class WalkProgress
{
    private long _bytes;

    /// <summary>Bytes of tables that were read.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Counts bytes; for the thread that walks alone.</summary>
    public void Add(int bytes) => Volatile.Write(ref _bytes, _bytes + bytes);
}
