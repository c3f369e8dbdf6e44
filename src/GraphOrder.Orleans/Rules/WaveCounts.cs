namespace GraphOrder.Orleans;

/// <summary>How many hosts of a wave stand where. Immutable; they add up.</summary>
/// <param name="Waiting">Waiting or asking for a permit.</param>
/// <param name="Updating">Being updated.</param>
/// <param name="Done">Updated.</param>
/// <param name="Failed">Failed.</param>
/// <param name="Blocked">Not updated in this roll-out.</param>
[GenerateSerializer]
[Immutable]
public readonly record struct WaveCounts(int Waiting, int Updating, int Done, int Failed, int Blocked)
{
    /// <summary>How many hosts there are.</summary>
    public int Total => Waiting + Updating + Done + Failed + Blocked;

    /// <summary>Whether nothing more will happen in it.</summary>
    public bool IsOver => Waiting + Updating == 0;

    /// <summary>Both together.</summary>
    public static WaveCounts operator +(WaveCounts first, WaveCounts second) => new(
        first.Waiting + second.Waiting,
        first.Updating + second.Updating,
        first.Done + second.Done,
        first.Failed + second.Failed,
        first.Blocked + second.Blocked);

    /// <summary>Both together.</summary>
    public static WaveCounts Add(WaveCounts first, WaveCounts second) => first + second;

    /// <summary>All together.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="waves"/> is null.</exception>
    public static WaveCounts Sum(IEnumerable<WaveCounts> waves) =>
        waves.Aggregate(default(WaveCounts), static (sum, wave) => sum + wave);

    /// <summary>One host that stands there.</summary>
    public static WaveCounts Of(HostStage stage) => stage switch
    {
        HostStage.Updating => new(0, 1, 0, 0, 0),
        HostStage.Done => new(0, 0, 1, 0, 0),
        HostStage.Failed => new(0, 0, 0, 1, 0),
        HostStage.Blocked => new(0, 0, 0, 0, 1),
        _ => new(1, 0, 0, 0, 0),
    };
}
