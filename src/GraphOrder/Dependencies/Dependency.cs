namespace GraphOrder;

/// <summary>
/// <see cref="Dependent"/> needs <see cref="On"/> in <see cref="Phases"/>. In preserve, freeze and retrieve
/// the needed end goes first; in unfreeze, unpreserve and finish the needing one does. Immutable; 32 bytes.
/// </summary>
public readonly record struct Dependency
{
    private readonly DependencyWords? _words;
    private readonly SourceLocation _location;
    private readonly DependencySource _source;

    /// <summary>A dependency.</summary>
    /// <param name="Dependent">The end that needs.</param>
    /// <param name="On">The end that is needed.</param>
    /// <param name="Phases">The phases in which it binds; never empty.</param>
    /// <param name="Strength">Hard, or soft until waived.</param>
    /// <param name="Weight">What waiving a soft one costs; 1 where nothing is said.</param>
    /// <param name="Origin">Who says so.</param>
    public Dependency(
        DependencyEnd Dependent,
        DependencyEnd On,
        PhaseSet Phases,
        DependencyStrength Strength,
        long Weight,
        DependencyOrigin Origin)
    {
        this.Dependent = Dependent;
        this.On = On;
        this.Phases = Phases;
        this.Strength = Strength;
        _location = Origin.Location;
        _source = Origin.Source;
        _words = Weight == 1
            ? Origin.Words
            : new DependencyWords(Origin.DeclaredBy, Origin.Why, Weight);
    }

    /// <summary>The end that needs.</summary>
    public DependencyEnd Dependent { get; init; }

    /// <summary>The end that is needed.</summary>
    public DependencyEnd On { get; init; }

    /// <summary>The phases in which it binds; never empty.</summary>
    public PhaseSet Phases { get; init; }

    /// <summary>Hard, or soft until waived.</summary>
    public DependencyStrength Strength { get; init; }

    /// <summary>What waiving a soft one costs; 1 where nothing is said.</summary>
    public long Weight
    {
        get => _words?.Weight ?? 1;
        init => _words = value == 1
            ? DependencyWords.Of(_words?.DeclaredBy, _words?.Why)
            : new DependencyWords(_words?.DeclaredBy, _words?.Why, value);
    }

    /// <summary>Who says so.</summary>
    public DependencyOrigin Origin
    {
        get => new(
            _source,
            _location,
            _words is { Weight: not 1 } ? DependencyWords.Of(_words.DeclaredBy, _words.Why) : _words);
        init
        {
            _source = value.Source;
            _location = value.Location;
            _words = Weight == 1
                ? value.Words
                : new DependencyWords(value.DeclaredBy, value.Why, Weight);
        }
    }
}
