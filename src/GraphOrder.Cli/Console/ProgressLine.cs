namespace GraphOrder.Cli;

/// <summary>
/// A line on standard error that says how far something is: from the second second on, where standard error
/// is a terminal, and wiped away at the end. The text is asked for from another thread.
/// </summary>
internal sealed class ProgressLine : IDisposable
{
    private const string Wipe = "\r\e[K";

    // A line that the terminal breaks could not be wiped away.
    private const int LengthMax = 79;

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
            Clear();
        }
    }

    /// <summary>Wipes it away until it is told the next time.</summary>
    public void Clear()
    {
        lock (_guard)
        {
            if (_isShown)
            {
                _isShown = false;
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
                string text = _describe();
                CommandConsole.WriteError(
                    Wipe + (text.Length > LengthMax ? text[..(LengthMax - 3)] + "..." : text));
            }
        }
    }
}
