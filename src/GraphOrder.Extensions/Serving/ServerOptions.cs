using System.Collections.Immutable;

namespace GraphOrder.Extensions;

/// <summary>What a server takes from its clients at most, and whom it answers. Immutable.</summary>
public sealed record ServerOptions
{
    /// <summary>The limits that hold where nobody says otherwise.</summary>
    public static ServerOptions Default { get; } = new();

    /// <summary>Greatest length of one request, in bytes; what is longer is answered and skipped.</summary>
    public int LineBytesMax { get; init; } = 1 << 24;

    /// <summary>How many bytes of requests that are not whole yet all connections hold together.</summary>
    public long HeldBytesMax { get; init; } = 1 << 28;

    /// <summary>How long one request may run; then it is answered as cancelled.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the bytes of one request, or of one answer, may take on their way; then the connection ends.
    /// </summary>
    public TimeSpan LineTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client that asks nothing stays; null for ever. One that watches stays.</summary>
    public TimeSpan? IdleTime { get; init; }

    /// <summary>
    /// After how long without a request memory is given back to the system, by a collection of the whole
    /// process; null for never, which is right where the process does other things too.
    /// </summary>
    public TimeSpan? RestTime { get; init; }

    /// <summary>How long what runs may still run once the server is to stop.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections there may be at once.</summary>
    public int ConnectionCountMax { get; init; } = 4_096;

    /// <summary>How many lines wait for a watcher at most; it is told how many it lost.</summary>
    public int WatchLineCountMax { get; init; } = 256;

    /// <summary>Users that are answered beside root and the server's own.</summary>
    public ImmutableArray<uint> AllowedUsers { get; init; } = [];
}
