namespace GraphOrder.Cli;

/// <summary>
/// A line on standard error that says how far something is: from the second second on, where standard error
/// is a terminal, and wiped away at the end. The text is asked for from another thread.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const string Wipe = "\r\e[K";

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Each = TimeSpan.FromMilliseconds(200);

    private readonly Lock _guard = new();
    private readonly Func<string> _describe;
    private readonly Timer? _timer;
    private bool _isShown;
    private bool _isOver;

    public ProgressLine(Func<string> describe)
    {
        _describe = describe;
        _timer = System.Console.IsErrorRedirected ? null : new Timer(_ => Show(), null, First, Each);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_guard)
        {
            _isOver = true;
            if (_isShown)
            {
                CommandConsole.WriteError(Wipe);
            }
        }
    }

    private void Show()
    {
        lock (_guard)
        {
            if (!_isOver)
            {
                _isShown = true;
                CommandConsole.WriteError(Wipe + _describe());
            }
        }
    }
}
