using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What to make faster next: the calls that guests wait for, and the limits of classes, each tried by
/// scheduling again.
/// </summary>
internal static class SpeedUpFinder
{
    private const int CallsToldMax = 3;
    private const int ClassesToldMax = 1;
    private const int TriedMax = 8;
    private const int GuestsMax = 64;

    /// <summary>The best of them, best first.</summary>
    /// <param name="old">What the old kernel does.</param>
    /// <param name="next">What the next one does.</param>
    /// <param name="kexec">The jump between them.</param>
    /// <param name="classNames">The names of the limited classes.</param>
    public static ImmutableArray<SpeedUp> Find(
        SideSchedule old, SideSchedule next, ScheduledCall kexec, string[] classNames)
    {
        List<SpeedUp> calls = [];
        int guests = old.Ends.Length;
        calls.Add(new SpeedUp(kexec, null, guests, guests * kexec.Microseconds));
        AddCalls(calls, old, 0);
        AddCalls(calls, next, kexec.StartMicroseconds + kexec.Microseconds);
        List<SpeedUp> classes = [];
        for (int held = 0; held < classNames.Length; held++)
        {
            long gain = old.GainOfPlace(held) + next.GainOfPlace(held);
            classes.Add(new SpeedUp(null, classNames[held], 0, gain));
        }

        return [.. Best([.. Best(calls, CallsToldMax), .. Best(classes, ClassesToldMax)], int.MaxValue)];
    }

    // Those that gain most; among equals the one that stands first.
    private static IEnumerable<SpeedUp> Best(List<SpeedUp> found, int countMax) => found
        .Where(static each => each.GainMicroseconds > 0)
        .OrderByDescending(static each => each.GainMicroseconds)
        .Take(countMax);

    private static void AddCalls(List<SpeedUp> found, SideSchedule side, long offset)
    {
        Dictionary<int, int> guestsOf = [];
        for (int guest = 0; guest < Math.Min(GuestsMax, side.Ends.Length); guest++)
        {
            foreach ((int activity, _) in side.ChainOf(guest))
            {
                guestsOf[activity] = guestsOf.GetValueOrDefault(activity) + 1;
            }
        }

        List<(long Weight, long Start, ScheduledCall Call, int Activity)> candidates = [];
        foreach ((int activity, int guests) in guestsOf)
        {
            if (side.CallOf(activity, offset) is { Microseconds: > 0 } call)
            {
                candidates.Add((-guests * call.Microseconds, call.StartMicroseconds, call, activity));
            }
        }

        candidates.Sort(static (a, b) =>
            (a.Weight, a.Start, a.Activity).CompareTo((b.Weight, b.Start, b.Activity)));
        for (int i = 0; i < Math.Min(TriedMax, candidates.Count); i++)
        {
            int activity = candidates[i].Activity;
            found.Add(new SpeedUp(
                candidates[i].Call, null, guestsOf[activity], side.GainWithout(activity)));
        }
    }
}
