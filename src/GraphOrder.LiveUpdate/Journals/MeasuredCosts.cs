namespace GraphOrder.LiveUpdate;

/// <summary>How long steps took, over any number of journals. Not thread-safe.</summary>
public sealed class MeasuredCosts
{
    private readonly Dictionary<(string Name, Phase Phase), List<long>> _microseconds = [];

    /// <summary>How many times were measured.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Takes the steps of a journal that were done: preserve and retrieve of a file, and acts, by id; finish,
    /// which moves a session as a whole, by <c>session:NAME</c>.
    /// </summary>
    public void Add(Journal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        foreach (StepRecord step in journal.Steps)
        {
            if (step is not { IsDone: true, Step: > 0 })
            {
                continue;
            }

            bool isOld = journal.Kernels[step.Kernel].Boot == journal.Header.Kernel.Boot;
            (string? name, Phase phase) = step.Verb switch
            {
                StepVerb.Preserve => (step.ObjectName, Phase.Preserve),
                StepVerb.Retrieve => (step.ObjectName, Phase.Retrieve),
                StepVerb.Finish => (SessionSet.SessionPrefix + step.Session, Phase.Finish),
                StepVerb.Act => (step.ObjectName, isOld ? Phase.Preserve : Phase.Retrieve),
                _ => (null, Phase.Preserve),
            };
            if (name is not null)
            {
                AddTime((name, phase), step.Microseconds);
            }
        }
    }

    /// <summary>What was measured of something in a phase.</summary>
    /// <param name="name">An object's id, or <c>session:NAME</c>.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="median">Half of the times are no longer; in microseconds.</param>
    /// <param name="p99">99 of 100 are no longer; the longest where there are fewer than 100.</param>
    public bool TryFind(string name, Phase phase, out long median, out long p99)
    {
        bool isThere = _microseconds.TryGetValue((name, phase), out List<long>? times);
        median = isThere ? Quantile(times!, 50) : 0;
        p99 = isThere ? Quantile(times!, 99) : 0;
        return isThere;
    }

    private static long Quantile(List<long> times, int percent)
    {
        List<long> sorted = [.. times.Order()];
        return sorted[Math.Max((sorted.Count * percent + 99) / 100 - 1, 0)];
    }

    private void AddTime((string, Phase) key, long microseconds)
    {
        if (!_microseconds.TryGetValue(key, out List<long>? times))
        {
            times = [];
            _microseconds.Add(key, times);
        }

        times.Add(microseconds);
        Count++;
    }
}
