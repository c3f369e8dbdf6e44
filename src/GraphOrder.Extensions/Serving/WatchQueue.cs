namespace GraphOrder.Extensions;

/// <summary>
/// The lines that wait for one watcher. Who is slow loses the newest, and is told how many; nobody waits for
/// him. Thread-safe.
/// </summary>
internal sealed class WatchQueue(int countMax) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Version, ReadOnlyMemory<byte> Change)> _lines = new();
    private readonly SemaphoreSlim _news = new(0);
    private long _lost;
    private bool _isDisposed;

    /// <summary>Adds a change, or counts it as lost.</summary>
    public void Add(long version, ReadOnlyMemory<byte> change)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            if (_lines.Count >= countMax)
            {
                _lost++;
                return;
            }

            _lines.Enqueue((version, change));
            _news.Release();
        }
    }

    /// <summary>Waits until there is something to take.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _news.WaitAsync(cancellation);

    /// <summary>
    /// Takes the oldest line; false where there is none. What was lost came behind all that wait, so it is
    /// told when the last of them is taken.
    /// </summary>
    public bool TryTake(out long version, out ReadOnlyMemory<byte> change, out long lost)
    {
        lock (_lock)
        {
            bool isAny = _lines.TryDequeue(out (long Version, ReadOnlyMemory<byte> Change) line);
            (version, change) = line;
            lost = _lines.Count == 0 ? _lost : 0;
            _lost = _lines.Count == 0 ? 0 : _lost;
            return isAny;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _lines.Clear();
            _news.Dispose();
        }
    }
}
