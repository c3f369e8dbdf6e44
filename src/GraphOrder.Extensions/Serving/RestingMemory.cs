namespace GraphOrder.Extensions;

/// <summary>
/// Gives memory back once nobody has asked anything for a while: what many requests left behind is garbage
/// that nobody would collect before more come. Not thread-safe.
/// </summary>
internal sealed class RestingMemory(TimeSpan? restTime, TimeProvider time)
{
    private long _answered;
    private long _since = time.GetTimestamp();

    // Nothing was answered yet, so there is nothing to give back.
    private bool _isDone = true;

    /// <summary>Looks whether it is time to.</summary>
    /// <param name="answered">How many requests were answered so far.</param>
    public void Look(long answered)
    {
        if (answered != _answered)
        {
            _answered = answered;
            _since = time.GetTimestamp();
            _isDone = false;
        }
        else if (!_isDone && time.GetElapsedTime(_since) > restTime)
        {
            _isDone = true;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
