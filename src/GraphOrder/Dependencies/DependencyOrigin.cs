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
/// <param name="Source">Which member or source.</param>
/// <param name="Location">Where in the document.</param>
/// <param name="DeclaredBy">Who declared it, in the document's words.</param>
/// <param name="Why">The reason, in the document's words.</param>
public readonly record struct DependencyOrigin(
    DependencySource Source,
    SourceLocation Location = default,
    string? DeclaredBy = null,
    string? Why = null);
