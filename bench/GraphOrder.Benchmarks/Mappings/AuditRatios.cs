using System.Diagnostics;
using GraphOrder.Mappings;

namespace GraphOrder.Benchmarks.Mappings;

/// <summary>
/// A host audit against reading everything that it must read once, by as many threads: each round times both,
/// and what is printed is the median of the rounds' ratios.
/// </summary>
internal static class AuditRatios
{
    private const int PieceBytes = 1 << 20;

    /// <summary>
    /// Runs with <c>--host-audit FOLDER [GUESTS [ROUNDS]]</c>; the folder keeps the host's files.
    /// </summary>
    public static int Run(string[] args)
    {
        string folder = Directory.CreateDirectory(args[1]).FullName;
        int guests = args.Length > 2 ? int.Parse(args[2], null) : 64;
        int rounds = args.Length > 3 ? int.Parse(args[3], null) : 31;
        AuditHost host = new(folder, guests);
        SessionSet set = host.Set();
        PageTableSource source = new(folder);
        Samples ratio = new();
        Samples readTime = new();
        long mapped = 0;
        long read = 0;
        for (int round = -1; round < rounds; round++)
        {
            double reading = Time(() => read = Read(host));
            double walking = Time(() => mapped = Walk(source, set));
            if (round >= 0)
            {
                ratio.Add(walking / reading);
                readTime.Add(reading);
            }
        }

        Console.WriteLine(
            $"{guests} guests, {2 * guests} domains, {mapped >> 40} TiB mapped, {read >> 20} MiB of "
            + $"tables and records; {Environment.ProcessorCount} processors, {rounds} rounds");
        Console.WriteLine(
            $"audit of a read: {ratio} times; the read {read / readTime.Median / 1e9:f1} GB/s; most memory "
            + $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        return 0;
    }

    private static long Walk(PageTableSource source, SessionSet set)
    {
        long mapped = 0;
        foreach (WalkedDomain walked in source.Walk(set))
        {
            bool isSound = walked.WhyNot is null
                && !walked.Findings.Any(static found => found.Severity != DiagnosticSeverity.Info);
            mapped += isSound ? walked.Owners.Single().Bytes : throw new InvalidOperationException(
                $"A sound host is not found sound: {walked.WhyNot ?? walked.Findings[0].Code.ToString()}");
        }

        return mapped;
    }

    private static long Read(AuditHost host)
    {
        List<(string File, long First, long Last)> pieces = [];
        foreach (string file in host.Files)
        {
            long length = new FileInfo(file).Length;
            for (long at = 0; at < length; at += 64L * PieceBytes)
            {
                pieces.Add((file, at, Math.Min(length, at + (64L * PieceBytes))));
            }
        }

        long total = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(pieces, options, piece =>
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(piece.File);
            byte[] buffer = GC.AllocateUninitializedArray<byte>(PieceBytes);
            for (long at = piece.First; at < piece.Last; at += PieceBytes)
            {
                Interlocked.Add(ref total, RandomAccess.Read(
                    file, buffer.AsSpan(0, (int)Math.Min(PieceBytes, piece.Last - at)), at));
            }
        });
        return total;
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
