using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace GraphOrder.Benchmarks.Serving;

/// <summary>A request in, a document out, without a socket: JSON to JSON.</summary>
[MemoryDiagnoser]
public class RequestBenchmarks
{
    private readonly ArrayBufferWriter<byte> _answer = new(1 << 17);
    private RequestEngine _engine = new();

    /// <summary>Declares the guest, so that there is a growing graph to ask about.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _engine = new RequestEngine();
        Ask(GuestRequests.Declare);
    }

    /// <summary>The set comes with the request.</summary>
    [Benchmark(Baseline = true)]
    public int PlanOfASet() => Ask(GuestRequests.Plan) > 0 ? 1 : 0;

    /// <summary>The growing graph, which has not changed since somebody asked.</summary>
    [Benchmark]
    public int PlanOfAnUnchangedGraph() => Ask(GuestRequests.Kept) > 0 ? 1 : 0;

    private int Ask(byte[] request)
    {
        _answer.ResetWrittenCount();
        RequestStatus status = _engine.Answer(request, _answer);
        return status == RequestStatus.Done ? _answer.WrittenCount : throw new InvalidOperationException();
    }
}
