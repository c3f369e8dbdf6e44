using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GraphOrder.LiveUpdate;

/// <summary>
/// What an import gives: a session set as a document and as read back from it, or at least one error.
/// Immutable.
/// </summary>
public sealed class ImportResult
{
    private readonly SessionSet? _set;

    internal ImportResult(ReadOnlyMemory<byte> document, SessionSet set,
        ImmutableArray<Diagnostic> diagnostics)
    {
        Document = document;
        _set = set;
        Diagnostics = diagnostics;
    }

    internal ImportResult(string? sourceName, ImmutableArray<Diagnostic> diagnostics)
    {
        SourceName = sourceName;
        Diagnostics = diagnostics;
    }

    /// <summary>
    /// <c>graphorder/session-set/1</c> in UTF-8, with <c>x-</c> members for what the format has no word for;
    /// empty where there is no set.
    /// </summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>The file that the errors are about; null for the one that was given.</summary>
    public string? SourceName { get; }

    /// <summary>Errors where there is no set; else what is worth knowing of it.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The set, where there is one.</summary>
    public bool TryGetSet([NotNullWhen(true)] out SessionSet? set)
    {
        set = _set;
        return set is not null;
    }
}
