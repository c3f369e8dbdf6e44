using System.Diagnostics;

namespace GraphOrder.Cli;

/// <summary>
/// Times several things one after another, round by round, so that what disturbs the machine disturbs all of
/// them. Not thread-safe.
/// </summary>
/// <param name="cancellation">Looked at before each.</param>
internal sealed class Rounds(CancellationToken cancellation)
{
    private readonly List<(string Name, Action Action, int Rounds, int Baseline)> _actions = [];

    /// <summary>Adds something to be timed.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="action">Does it once.</param>
    /// <param name="rounds">In how many rounds at most; a baseline takes part in all.</param>
    /// <param name="baseline">The place of what it is measured against.</param>
    public void Add(string name, Action action, int rounds = int.MaxValue, int baseline = 0) =>
        _actions.Add((name, action, rounds, baseline));

    /// <summary>Times them.</summary>
    /// <param name="rounds">How often, at least once; one round more comes first and does not count.</param>
    public List<Measured> Run(int rounds)
    {
        List<double>[] seconds = [.. _actions.Select(static _ => new List<double>())];
        long[] allocated = new long[_actions.Count];
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < _actions.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (round >= _actions[i].Rounds)
                {
                    continue;
                }

                long before = GC.GetTotalAllocatedBytes(precise: true);
                long start = Stopwatch.GetTimestamp();
                _actions[i].Action();
                double time = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    allocated[i] = GC.GetTotalAllocatedBytes(precise: true) - before;
                    seconds[i].Add(time);
                }
            }
        }

        return
        [
            .. _actions.Select((action, i) => new Measured(
                action.Name, Median(seconds[i]),
                MedianRatio.Of(
                    [.. seconds[i].Select((time, round) => seconds[action.Baseline][round] / time)]),
                allocated[i])),
        ];
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
