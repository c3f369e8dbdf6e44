using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A name that a document mentions, and where: resolved when everything has been read.</summary>
internal readonly record struct Mention(int Name, SourceLocation Location)
{
    public static Mention None => new(-1, default);

    public bool IsThere => Name >= 0;
}

/// <summary>
/// An object as it was read, with its mentions. A value without references, since there may be millions and
/// whoever collects garbage need not look into them; whoever has both a session and a carrier is refused for
/// that alone, so that both may share the place where they are read.
/// </summary>
internal struct PendingObject
{
    private ulong _token;
    private SourceLocation _place;
    private int _nameBehind;
    private int _sessionBehind;
    private int _carrierBehind;
    private sbyte _actPhaseBehind;

    /// <summary>The number of its kind in <see cref="PendingSet.Kinds"/>; 0 where it has none.</summary>
    public int Kind { get; set; }

    /// <summary>The number of its id; -1 where it has none.</summary>
    public int Name { readonly get => _nameBehind - 1; set => _nameBehind = value + 1; }

    public Mention Session
    {
        readonly get => new(_sessionBehind - 1, _place);
        set => (_sessionBehind, _place) = (value.Name + 1, PlaceOf(value));
    }

    public Mention Carrier
    {
        readonly get => new(_carrierBehind - 1, _place);
        set => (_carrierBehind, _place) = (value.Name + 1, PlaceOf(value));
    }

    /// <summary>Whether it says a place, be it one that cannot be read.</summary>
    public bool SaysPlace { get; set; }

    public ulong? Token
    {
        readonly get => HasToken ? _token : null;
        set => (HasToken, _token) = (value is not null, value ?? 0);
    }

    public bool HasToken { get; private set; }

    public SourceLocation TokenLocation { get; set; }

    public SourceLocation Location { get; set; }

    /// <summary>Where <see cref="PendingSet.FactsOf"/> finds its facts; 0 where it has none.</summary>
    public int FactsNumber { get; set; }

    public Phase? ActPhase
    {
        readonly get => _actPhaseBehind == 0 ? null : (Phase)(_actPhaseBehind - 1);
        set => _actPhaseBehind = (sbyte)(value is { } phase ? (int)phase + 1 : 0);
    }

    public bool IsLate { get; set; }

    public bool SaysPhase { get; set; }

    public bool SaysWhen { get; set; }

    public bool IsAct { get; set; }

    // One that could not be read was told of where it stands, and takes no place from the other.
    private readonly SourceLocation PlaceOf(Mention mention) => mention.IsThere ? mention.Location : _place;
}

/// <summary>What an object says beyond its kind and place, as it was read; few say any of it.</summary>
internal struct PendingFacts()
{
    public ObjectFacts Facts { get; set; } = ObjectFacts.None;

    public List<(Mention File, IoasArea Area)>? Areas { get; set; }
}

/// <summary>An end of a dependency as it was read: an id, or <c>session:NAME</c>.</summary>
internal readonly record struct PendingEnd(Mention Mention, bool IsSession);

/// <summary>An entry of <c>dependencies</c> as it was read.</summary>
internal readonly record struct PendingDependency(
    PendingEnd Dependent,
    PendingEnd On,
    PhaseSet? Phases,
    DependencyStrength? Strength,
    long? Weight,
    DependencyOrigin Origin);

/// <summary>A session as it was read.</summary>
internal sealed class PendingSession
{
    public int Name { get; set; } = -1;

    public bool? Created { get; set; }

    public bool SaysPreserved { get; set; }

    public SourceLocation Location { get; set; }

    public List<Mention> Preserved { get; } = [];

    public List<Mention>? Blackout { get; set; }
}

/// <summary>
/// A set while it is read. Names are numbered as they are first mentioned, since what an object needs may
/// stand before or after it.
/// </summary>
internal sealed class PendingSet
{
    public NameTable Names { get; } = new();

    public NameTable SessionNames { get; } = new();

    public List<PendingSession> Sessions { get; } = [];

    public KindTable Kinds { get; } = new();

    public RepeatedText DeclaredBy { get; } = new();

    public RepeatedText Why { get; } = new();

    /// <summary>The last words of <see cref="WordsOf"/>.</summary>
    private DependencyWords? LastWords { get; set; }

    public SegmentedList<PendingObject> Objects { get; } = new();

    /// <summary>The facts of those objects that have any.</summary>
    public SegmentedList<PendingFacts> Facts { get; } = new();

    /// <summary>All <c>needs</c>; the ids that they mention are numbers of names.</summary>
    public SegmentedList<ObjectReference> Needs { get; } = new();

    /// <summary>All <c>describes</c>; the ids that they mention are numbers of names.</summary>
    public SegmentedList<ObjectReference> Describes { get; } = new();

    public SegmentedList<PendingDependency> Dependencies { get; } = new();

    public ImmutableSortedDictionary<string, int>? Limits { get; set; }

    public HostFacts? Host { get; set; }

    public PlatformFacts? Platform { get; set; }

    /// <summary>What an object says beyond its kind and place.</summary>
    public PendingFacts FactsOf(in PendingObject found) =>
        found.FactsNumber == 0 ? new PendingFacts() : Facts[found.FactsNumber - 1];

    /// <summary>What an entry of <c>dependencies</c> says; entries that say the same share it.</summary>
    public DependencyWords? WordsOf(string? declaredBy, string? why)
    {
        if (LastWords is not { } last
            || !ReferenceEquals(last.DeclaredBy, declaredBy)
            || !ReferenceEquals(last.Why, why))
        {
            LastWords = DependencyWords.Of(declaredBy, why);
        }

        return LastWords;
    }
}
