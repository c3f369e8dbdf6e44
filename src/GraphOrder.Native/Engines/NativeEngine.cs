namespace GraphOrder.Native;

/// <summary>
/// An engine as a host holds it: what runs can be cancelled, and closing waits for it. Thread-safe.
/// </summary>
/// <param name="kernels">Of the growing graph, and of sets that name none; null for Linux 7.3.</param>
internal sealed class NativeEngine(KernelPair? kernels) : IDisposable
{
    private readonly RequestEngine _engine = new(kernels);
    private readonly object _gate = new();
    private CancellationTokenSource _cancellation = new();
    private int _running;
    private bool _isClosed;

    /// <summary>Answers a request.</summary>
    public CallStatus Ask(ReadOnlyMemory<byte> request, AnswerBuffer answer)
    {
        CancellationToken cancellation = Enter();
        try
        {
            return (CallStatus)_engine.Answer(request, answer, cancellation);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Plans a set and writes the document.</summary>
    public CallStatus Plan(Stream set, AnswerBuffer answer)
    {
        CancellationToken cancellation = Enter();
        try
        {
            SessionSet read = SessionSet.Read(set, null, cancellation);
            bool namesKernels = (read.Host?.Kernel ?? read.Host?.NextKernel) is not null;
            KernelPair chosen = namesKernels ? KernelPair.Of(read.Host) : _engine.Kernels;
            PlanAnswer planned = PlanRequest.Answer(
                read, chosen, null, null, ScheduleOptions.Default, cancellation);
            using AnswerStream stream = new(answer);
            PlanWriter.Write(stream, planned.Result, planned.Repairs, planned.Schedule);
            return planned.Result.IsLegal ? CallStatus.Done : CallStatus.Refused;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Walks a table and writes the document.</summary>
    public CallStatus Walk(MemoryWalk walk, AnswerBuffer answer)
    {
        CancellationToken cancellation = Enter();
        try
        {
            using AnswerStream stream = new(answer);
            return walk.Write(stream, cancellation) ? CallStatus.Done : CallStatus.Refused;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Cancels what runs; what comes later is not touched.</summary>
    public void Cancel()
    {
        // Not disposed: it holds nothing of the system, and calls may still ask it.
        CancellationTokenSource running;
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            running = _cancellation;
            _cancellation = new();
        }

        running.Cancel();
    }

    /// <summary>Waits for what runs; nothing begins any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_running > 0)
            {
                Monitor.Wait(_gate);
            }

            _cancellation.Dispose();
        }
    }

    private CancellationToken Enter()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new CallException(CallStatus.Handle, "This engine was closed meanwhile.");
            }

            _running++;
            return _cancellation.Token;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _running--;
            Monitor.PulseAll(_gate);
        }
    }
}
