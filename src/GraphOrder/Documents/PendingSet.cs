using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A name that a document mentions, and where: resolved when everything has been read.</summary>
internal readonly record struct Mention(int Name, SourceLocation Location)
{
    public static Mention None => new(-1, default);

    public bool IsThere => Name >= 0;
}

/// <summary>An object as it was read, with its mentions.</summary>
internal sealed class PendingObject
{
    public ObjectKind Kind { get; set; }

    public int Name { get; set; } = -1;

    public Mention Session { get; set; } = Mention.None;

    public Mention Carrier { get; set; } = Mention.None;

    /// <summary>Whether it says a place, be it one that cannot be read.</summary>
    public bool SaysPlace { get; set; }

    public ulong? Token { get; set; }

    public SourceLocation TokenLocation { get; set; }

    public SourceLocation Location { get; set; }

    public ObjectFacts Facts { get; set; } = ObjectFacts.None;

    public List<(Mention File, IoasArea Area)>? Areas { get; set; }

    public Phase? ActPhase { get; set; }

    public bool IsLate { get; set; }

    public bool SaysPhase { get; set; }

    public bool SaysWhen { get; set; }

    public bool IsAct => Kind == ObjectKind.Act;
}

/// <summary>An end of a dependency as it was read: an id, or <c>session:NAME</c>.</summary>
internal readonly record struct PendingEnd(Mention Mention, bool IsSession);

/// <summary>An entry of <c>dependencies</c> as it was read.</summary>
internal sealed record PendingDependency(
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

    public List<PendingObject> Objects { get; } = [];

    public List<(int Owner, Mention Id)> Needs { get; } = [];

    public List<(int Owner, Mention Id)> Describes { get; } = [];

    public List<PendingDependency> Dependencies { get; } = [];

    public ImmutableSortedDictionary<string, int>? Limits { get; set; }

    public HostFacts? Host { get; set; }

    public PlatformFacts? Platform { get; set; }
}
