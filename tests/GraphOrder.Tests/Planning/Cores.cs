namespace GraphOrder.Tests.Planning;

/// <summary>
/// As many threads as there are processors. Left to itself, the thread pool adds threads as long as a busy
/// machine makes it believe that they wait.
/// </summary>
internal static class Cores
{
    public static ParallelOptions All { get; } = new()
    {
        MaxDegreeOfParallelism = Environment.ProcessorCount,
    };
}
