namespace GraphOrder;

/// <summary>Which member of a document, or which source, a dependency comes from.</summary>
public enum DependencySource : byte
{
    /// <summary>An entry of <c>dependencies</c>, or a call of the builder.</summary>
    Declared,

    /// <summary><c>needs</c> of an object: hard, in the phases of the rule table.</summary>
    Needs,

    /// <summary><c>describes</c> of a metadata object.</summary>
    Describes,

    /// <summary>A page table maps it.</summary>
    Mapped,
}

/// <summary>Who says that a dependency exists, where and why. Immutable.</summary>
public readonly record struct DependencyOrigin
{
    /// <summary>An origin.</summary>
    /// <param name="Source">Which member or source.</param>
    /// <param name="Location">Where in the document.</param>
    /// <param name="DeclaredBy">Who declared it, in the document's words.</param>
    /// <param name="Why">The reason, in the document's words.</param>
    public DependencyOrigin(
        DependencySource Source,
        SourceLocation Location = default,
        string? DeclaredBy = null,
        string? Why = null)
        : this(Source, Location, DependencyWords.Of(DeclaredBy, Why))
    {
    }

    internal DependencyOrigin(DependencySource source, SourceLocation location, DependencyWords? words)
    {
        Source = source;
        Location = location;
        Words = words;
    }

    /// <summary>Which member or source.</summary>
    public DependencySource Source { get; init; }

    /// <summary>Where in the document.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Who declared it, in the document's words.</summary>
    public string? DeclaredBy
    {
        get => Words?.DeclaredBy;
        init => Words = DependencyWords.Of(value, Words?.Why);
    }

    /// <summary>The reason, in the document's words.</summary>
    public string? Why
    {
        get => Words?.Why;
        init => Words = DependencyWords.Of(Words?.DeclaredBy, value);
    }

    /// <summary>Both, where there is either; the weight in it is 1.</summary>
    internal DependencyWords? Words { get; private init; }
}
