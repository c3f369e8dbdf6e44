namespace GraphOrder.LiveUpdate;

/// <summary>
/// Runs sequences in two processes, call by call, and makes a sequence that shows a difference as short as
/// leaving calls out can make it.
/// </summary>
/// <param name="first">A process to start in.</param>
/// <param name="second">One in which the same must happen.</param>
/// <param name="round">The round, which is in the sessions' names.</param>
internal sealed class TortureComparison(Func<ISystemCalls> first, Func<ISystemCalls> second, int round)
{
    private const int ShrinkingRunsMax = 3000;

    /// <summary>Calls made so far, in each of the two.</summary>
    public long CallCount { get; private set; }

    /// <summary>Runs a sequence; both processes are left without an open descriptor.</summary>
    /// <returns>The first difference; null where there is none.</returns>
    public TortureDifference? Run(IReadOnlyList<TortureCall> calls, bool keepsOpen = false)
    {
        TortureExecutor one = new(first(), round);
        TortureExecutor other = new(second(), round);
        TortureDifference? found = null;
        for (int i = 0; i < calls.Count && found is null; i++)
        {
            TortureAnswer answer = one.Do(calls[i]);
            TortureAnswer expected = other.Do(calls[i]);
            CallCount++;
            if (answer != expected && !IsForbidden(calls[i], answer))
            {
                found = new([.. calls.Take(i + 1)], answer, expected);
            }
        }

        if (found is not null || !keepsOpen)
        {
            one.CloseAll();
            other.CloseAll();
        }

        return found;
    }

    /// <summary>
    /// Delta debugging (Zeller and Hildebrandt, 2002), leaving out: pieces of half the sequence first, then
    /// ever smaller ones, until no single call can go. Any difference counts as the difference.
    /// </summary>
    public TortureDifference Shrink(TortureDifference found, CancellationToken cancellation)
    {
        int runs = 0;
        for (int piece = Math.Max(1, found.Calls.Count / 2); ; piece = Math.Max(1, piece / 2))
        {
            bool isShorter = false;
            for (int start = 0; start < found.Calls.Count && runs < ShrinkingRunsMax;)
            {
                cancellation.ThrowIfCancellationRequested();
                runs++;
                TortureDifference? less = Run(
                    [.. found.Calls.Take(start), .. found.Calls.Skip(start + piece)]);
                isShorter |= less is not null;
                found = less ?? found;
                start += less is null ? piece : 0;
            }

            if ((piece == 1 && !isShorter) || runs >= ShrinkingRunsMax)
            {
                return found;
            }
        }
    }

    // kcmp is the right of who may trace, and a kernel may be built without it.
    private static bool IsForbidden(TortureCall call, TortureAnswer answer) =>
        call.Kind == TortureKind.Compare && answer.Error is Errno.NotPermitted or Errno.NoSystemCall;
}
