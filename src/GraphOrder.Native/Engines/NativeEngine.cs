namespace GraphOrder.Native;

/// <summary>An engine as a host holds it: calls run one after another. Thread-safe.</summary>
/// <param name="kernels">The two kernels; null for those that each set names.</param>
internal sealed class NativeEngine(KernelPair? kernels)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private bool _isClosed;

    /// <summary>Plans a set and writes the document.</summary>
    public CallStatus Plan(Stream set, AnswerBuffer answer) => Run(cancellation =>
    {
        SessionSet read = SessionSet.Read(set, null, cancellation);
        PlanAnswer planned = PlanRequest.Answer(
            read, kernels ?? KernelPair.Of(read.Host), null, null, ScheduleOptions.Default, cancellation);
        using AnswerStream stream = new(answer);
        PlanWriter.Write(stream, planned.Result, planned.Repairs, planned.Schedule);
        return planned.Result.IsLegal ? CallStatus.Done : CallStatus.Refused;
    });

    /// <summary>Walks a table and writes the document.</summary>
    public CallStatus Walk(MemoryWalk walk, AnswerBuffer answer) => Run(cancellation =>
    {
        using AnswerStream stream = new(answer);
        return walk.Write(stream, cancellation) ? CallStatus.Done : CallStatus.Refused;
    });

    /// <summary>Cancels what runs.</summary>
    public void Cancel()
    {
        // Read without the lock, which the running call holds.
        CancellationTokenSource? running = Volatile.Read(ref _running);
        running?.Cancel();
    }

    /// <summary>Waits for what runs; nothing runs any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    private CallStatus Run(Func<CancellationToken, CallStatus> work)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new CallException(CallStatus.Handle, "This engine was closed meanwhile.");
            }

            // Not disposed: it holds nothing of the system, and Cancel may still have it in hand.
            CancellationTokenSource running = new();
            Volatile.Write(ref _running, running);
            try
            {
                return work(running.Token);
            }
            finally
            {
                Volatile.Write(ref _running, null);
            }
        }
    }
}
