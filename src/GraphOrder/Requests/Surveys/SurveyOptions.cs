namespace GraphOrder;

/// <summary>What a survey is told. Immutable.</summary>
public sealed record SurveyOptions
{
    private readonly int _jobCount = Environment.ProcessorCount;

    /// <summary>The usual.</summary>
    public static SurveyOptions Default { get; } = new();

    /// <summary>The kernels of all hosts; null for those that each set's host names.</summary>
    public KernelPair? Kernels { get; init; }

    /// <summary>What may be chosen in planning; null for nothing special.</summary>
    public PlanOptions? Plan { get; init; }

    /// <summary>
    /// How many hosts are answered at once, at most; as many as there are processors where nobody says.
    /// Memory is that of so many sets, and of the answers.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int JobCount
    {
        get => _jobCount;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _jobCount = value;
        }
    }

    /// <summary>Of how many causes a way out is looked for, those of most hosts.</summary>
    public int WayOutCountMax { get; init; } = 100;
}
