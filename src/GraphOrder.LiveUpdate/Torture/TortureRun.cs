namespace GraphOrder.LiveUpdate;

/// <summary>
/// Random sequences of calls in two processes, answer by answer: one of the kernel that runs and one of the
/// simulator, say. Neither loads a kernel nor jumps. What they open they close.
/// </summary>
/// <remarks>
/// The calls work on memfds, on /dev/liveupdate, /dev/null and on a tmpfs at /tmp, where
/// <c>graph-order-torture</c> is made and removed. Nothing else may use live update meanwhile.
/// </remarks>
public static class TortureRun
{
    private const ulong RoundFactor = 0x2545F4914F6CDD1D;

    /// <summary>Runs sequences until one differs, or a limit is reached.</summary>
    /// <param name="first">Starts a process of the first kernel, in its first state.</param>
    /// <param name="second">Starts one of the second.</param>
    /// <param name="options">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops it between sequences.</param>
    public static TortureResult Run(
        Func<ISystemCalls> first,
        Func<ISystemCalls> second,
        TortureOptions options,
        TimeProvider time,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        long started = time.GetTimestamp();
        long calls = 0;
        int round = 0;
        while ((options.RoundsMax == 0 || round < options.RoundsMax)
            && (options.TimeMax == TimeSpan.Zero || time.GetElapsedTime(started) < options.TimeMax))
        {
            cancellation.ThrowIfCancellationRequested();
            TortureComparison comparison = new(first, second, round);
            TortureDifference? found = comparison.Run(
                TortureSequence.Make(SeedOf(options.Seed, round), options.Length));
            if (found is not null)
            {
                found = comparison.Shrink(found, cancellation);
                return new(round + 1, calls + comparison.CallCount, new(
                    round,
                    found.Calls.Count,
                    found.First.ToString(),
                    found.Second.ToString(),
                    TortureProgram.Write(found, options.Seed, round)));
            }

            calls += comparison.CallCount;
            round++;
        }

        return new(round, calls, null);
    }

    /// <summary>The seed of a round.</summary>
    internal static ulong SeedOf(ulong seed, int round) =>
        unchecked((seed + 1) * RoundFactor) ^ ((ulong)round << 20);
}
