namespace GraphOrder.Mutation;

/// <summary>Calls from another thread where a test takes longer than it may.</summary>
internal sealed class TestWatch : IDisposable
{
    private readonly TestTimes _usual;
    private readonly Timer _timer;
    private string _name = "";

    /// <summary>A watch that does not run yet.</summary>
    /// <param name="usual">What each test takes.</param>
    /// <param name="late">Called with the test's name.</param>
    public TestWatch(TestTimes usual, Action<string> late)
    {
        _usual = usual;
        _timer = new Timer(_ => late(_name));
    }

    /// <summary>A test begins.</summary>
    public void Start(string name)
    {
        _name = name;
        _timer.Change(_usual.Limit(name), Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has ended.</summary>
    public void Stop() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();
}
