using System.Numerics;
using System.Runtime.InteropServices;
using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Times walks of tables made in memory, in a format that is known at run time. Used once.</summary>
internal sealed class WalkBenchmark(
    PageTableFormat format, TableImageOptions options, int rounds, CancellationToken cancellation)
    : IFormatVisitor<WalkBenchmarkResult>
{
    private const ulong PieceBytes = 1 << 20;
    private const int NaiveRounds = 3;

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

        WalkWorkspace workspace = new();
        BenchmarkSink[] sinks = new BenchmarkSink[Environment.ProcessorCount];
        Rounds timed = new(cancellation);
        timed.Add("read", () => Read(memory.Memory, image.Bytes));
        timed.Add("walk", () => Expect(image, PageTableWalker.Walk<TFormat, BorrowedMemory, BenchmarkSink>(
            image.Top, image.TopLevel, memory.Memory, ref sinks[0], WalkFacts.Unknown, WalkLimits.Default,
            workspace, cancellation)));
        if (sinks.Length > 1)
        {
            timed.Add($"walk, {sinks.Length} threads", () => Expect(
                image, PageTableWalker.Walk<TFormat, BorrowedMemory, BenchmarkSink>(
                    image.Top, image.TopLevel, memory.Memory, sinks, WalkFacts.Unknown, WalkLimits.Default,
                    workspace, cancellation)));
        }

        timed.Add(
            "naive walk", () => Expect(image, NaiveWalker.Walk<TFormat, BorrowedMemory, BenchmarkSink>(
                image.Top, image.TopLevel, memory.Memory, ref sinks[0], WalkFacts.Unknown, WalkLimits.Default,
                cancellation)), NaiveRounds);
        return new(format, options, image.Tables, image.Bytes, image.Runs, rounds, timed.Run(rounds));
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

    private static ulong Read(BorrowedMemory memory, ulong bytes)
    {
        Vector<ulong> even = Vector<ulong>.Zero;
        Vector<ulong> odd = Vector<ulong>.Zero;
        for (ulong at = 0; at < bytes; at += PieceBytes)
        {
            memory.TryLend(
                at, (int)(Math.Min(PieceBytes, bytes - at) / sizeof(ulong)), out ReadOnlySpan<ulong> words);
            ReadOnlySpan<Vector<ulong>> lanes = MemoryMarshal.Cast<ulong, Vector<ulong>>(words);
            for (int i = 0; i + 1 < lanes.Length; i += 2)
            {
                even += lanes[i];
                odd += lanes[i + 1];
            }
        }

        return Vector.Sum(even + odd);
    }
}
