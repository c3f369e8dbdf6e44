using BenchmarkDotNet.Attributes;

namespace GraphOrder.Benchmarks.Live;

/// <summary>
/// The push gate against the least that its rule needs: a hash set of (session, file) under a lock. Each
/// guest pushes four files, admits one HWPT over them and is done with it. The checksum counts admissions.
/// </summary>
[MemoryDiagnoser]
public class SessionGateBenchmarks
{
    private const int FilesPerHwpt = 4;

    private int[] _files = [];

    /// <summary>How many sessions, each with one HWPT.</summary>
    [Params(1_000, 100_000)]
    public int SessionCount { get; set; }

    [GlobalSetup]
    public void SetUp() => _files = [.. Enumerable.Range(0, SessionCount * FilesPerHwpt)];

    [Benchmark(Baseline = true)]
    public int HashSetUnderALock()
    {
        HashSet<(int, int)> pushed = [];
        Lock guard = new();
        int admitted = 0;
        for (int session = 0; session < SessionCount; session++)
        {
            ReadOnlySpan<int> files = _files.AsSpan(session * FilesPerHwpt, FilesPerHwpt);
            bool areAll = true;
            foreach (int file in files)
            {
                lock (guard)
                {
                    pushed.Add((session, file));
                }
            }

            foreach (int file in files)
            {
                lock (guard)
                {
                    areAll &= pushed.Contains((session, file));
                }
            }

            admitted += areAll ? 1 : 0;
        }

        return admitted;
    }

    [Benchmark]
    public int Gate()
    {
        SessionGate gate = new(SessionCount, _files.Length, SessionCount);
        Span<int> missing = stackalloc int[FilesPerHwpt];
        int admitted = 0;
        for (int session = 0; session < SessionCount; session++)
        {
            ReadOnlySpan<int> files = _files.AsSpan(session * FilesPerHwpt, FilesPerHwpt);
            foreach (int file in files)
            {
                gate.Push(session, file);
            }

            admitted += gate.TryAdmit(session, session, files, missing, out _) == GateAnswer.Done ? 1 : 0;
            gate.Done(session, session);
            admitted += gate.Finish(session);
        }

        return admitted;
    }
}
