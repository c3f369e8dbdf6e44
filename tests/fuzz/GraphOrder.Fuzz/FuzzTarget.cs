using System.Diagnostics;

namespace GraphOrder.Fuzz;

/// <summary>
/// A reader, called with bytes that nobody vouches for: it answers, or refuses in its own way. Anything else
/// is a finding. Not thread-safe.
/// </summary>
/// <param name="name">What it is called on the command line, and its folders.</param>
/// <param name="bytesMax">The longest input worth trying.</param>
internal abstract class FuzzTarget(string name, int bytesMax = 1 << 13)
{
    /// <summary>What one input may make a reader allocate, in bytes.</summary>
    public const long AllocatedMax = 64 << 20;

    /// <summary>How long one input may take.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(5);

    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>The longest input worth trying, in bytes.</summary>
    public int BytesMax { get; } = bytesMax;

    /// <summary>Sound inputs to begin with.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Calls the reader, and holds it to time and memory.</summary>
    /// <exception cref="Exception">A finding.</exception>
    public void Run(ReadOnlySpan<byte> input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        Call(input);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Demand(allocated <= AllocatedMax, $"{input.Length} bytes made it allocate {allocated}");
        Demand(took <= TimeMax, $"{input.Length} bytes took it {took.TotalSeconds:0.0} s");
    }

    /// <summary>Calls the reader and checks what it answers.</summary>
    protected abstract void Call(ReadOnlySpan<byte> input);

    /// <summary>What must hold.</summary>
    /// <exception cref="FindingException">It does not.</exception>
    protected static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FindingException(otherwise);
        }
    }
}
