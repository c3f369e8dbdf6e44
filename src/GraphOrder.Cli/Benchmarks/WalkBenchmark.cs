using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Times walks of tables made in memory, in a format that is known at run time. Used once.</summary>
internal sealed class WalkBenchmark(
    PageTableFormat format, TableImageOptions options, int rounds, CancellationToken cancellation)
    : IFormatVisitor<WalkBenchmarkResult>
{
    private const int NaiveRounds = 3;

    // So that no reading can be left out.
    private readonly ulong[] _parts = new ulong[Environment.ProcessorCount];
    private ulong _sum;

    /// <summary>Makes the tables and walks them.</summary>
    /// <exception cref="ToolException">There are no such tables, or there is no room for them.</exception>
    public WalkBenchmarkResult Run() => format.Accept(this);

    /// <inheritdoc/>
    WalkBenchmarkResult IFormatVisitor<WalkBenchmarkResult>.Visit<TFormat>()
    {
        if (!TableImage<TFormat>.TryPlan(options, out TableImage<TFormat>? image, out TableImageFlaw flaw))
        {
            throw TableImageRequest.Refusal<TFormat>(format, options, flaw);
        }

        using OwnedMemory memory = Take(image.Bytes);
        using (Stream stream = memory.OpenWrite())
        {
            image.Write(stream, cancellation);
        }

        ulong sum = memory.Sum();

        WalkWorkspace workspace = new();
        BenchmarkSink[] sinks = new BenchmarkSink[Environment.ProcessorCount];
        Rounds timed = new(cancellation);
        timed.Add("read", () => _sum = memory.Sum());
        timed.Add("walk", () => Expect(image, PageTableWalker.Walk<TFormat, BorrowedMemory, BenchmarkSink>(
            image.Top, image.TopLevel, memory.Memory, ref sinks[0], WalkFacts.Unknown, WalkLimits.Default,
            workspace, cancellation)));
        if (sinks.Length > 1)
        {
            timed.Add($"read, {sinks.Length} threads", () => Parallel.For(
                0, sinks.Length, i => _parts[i] = memory.Sum(i, sinks.Length)));
            timed.Add($"walk, {sinks.Length} threads", () => Expect(
                image, PageTableWalker.Walk<TFormat, BorrowedMemory, BenchmarkSink>(
                    image.Top, image.TopLevel, memory.Memory, sinks, WalkFacts.Unknown, WalkLimits.Default,
                    workspace, cancellation)));
        }

        timed.Add(
            "naive walk", () => Expect(image, NaiveWalker.Walk<TFormat, BorrowedMemory, BenchmarkSink>(
                image.Top, image.TopLevel, memory.Memory, ref sinks[0], WalkFacts.Unknown, WalkLimits.Default,
                cancellation)), NaiveRounds);
        List<Measured> measured = timed.Run(rounds);
        return _sum == sum
            ? new(format, options, image.Tables, image.Bytes, image.Runs, rounds, measured)
            : throw new System.Diagnostics.UnreachableException("Two readings of one memory differ.");
    }

    private static OwnedMemory Take(ulong bytes)
    {
        try
        {
            return new(bytes, 0);
        }
        catch (OutOfMemoryException)
        {
            throw ToolException.Usage(
                $"There is no room for {bytes} bytes of tables. Give a smaller --size, or larger leaves.");
        }
    }

    private void Expect<TFormat>(TableImage<TFormat> image, WalkSummary found)
        where TFormat : struct, IPageTableFormat
    {
        bool isAll = found.Tables == (long)image.Tables && found.MappedBytes == options.MappedBytes
            && found.Errors == 0;
        if (!isAll)
        {
            throw new System.Diagnostics.UnreachableException("A walk did not find what was made.");
        }
    }
}
