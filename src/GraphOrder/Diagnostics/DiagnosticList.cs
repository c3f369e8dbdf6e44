using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Collects diagnostics, up to a limit of each code, counts the rest, and hands them out sorted: errors
/// first, then by code, then as they came. No code crowds out another one. Not thread-safe.
/// </summary>
public sealed class DiagnosticList
{
    /// <summary>How many are kept where nobody says otherwise.</summary>
    public const int CountMaxDefault = 100;

    private readonly List<Diagnostic> _kept = [];
    private readonly SortedDictionary<DiagnosticCode, long> _counts = [];
    private readonly int _countMax;

    /// <summary>An empty list.</summary>
    /// <param name="countMax">The greatest number of each code to keep.</param>
    public DiagnosticList(int countMax = CountMaxDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        _countMax = countMax;
    }

    /// <summary>Whether an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether no further one of a code would be kept.</summary>
    public bool IsFull(DiagnosticCode code) => _counts.GetValueOrDefault(code) >= _countMax;

    /// <summary>Adds one, or counts it where the limit is reached.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        HasErrors |= diagnostic.IsError;
        if (!IsFull(diagnostic.Code))
        {
            _kept.Add(diagnostic);
        }

        _counts[diagnostic.Code] = _counts.GetValueOrDefault(diagnostic.Code) + 1;
    }

    /// <summary>
    /// What was kept, sorted; where more of a code came, one at the end says how many. The place in a
    /// document does not matter: two documents that say the same give the same list.
    /// </summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
        WithRest(_kept.OrderByDescending(d => d.Severity).ThenBy(d => d.Code));

    /// <summary>
    /// What was kept, in the order in which a reader of the document meets it. Of a document of another
    /// kind there is nothing else to say.
    /// </summary>
    public ImmutableArray<Diagnostic> ToImmutableByPlace() =>
        _kept.Find(d => d.Code == DiagnosticCode.WrongSchema) is { } wrong
            ? [wrong]
            : WithRest(
                _kept.OrderBy(d => d.Location.Line).ThenBy(d => d.Location.Column).ThenBy(d => d.Code));

    private ImmutableArray<Diagnostic> WithRest(IEnumerable<Diagnostic> sorted)
    {
        List<Diagnostic> rest = [];
        foreach ((DiagnosticCode code, long count) in _counts)
        {
            if (count > _countMax)
            {
                rest.Add(new Diagnostic(DiagnosticCode.MoreProblems, DiagnosticSeverity.Info)
                {
                    Facts = [new DiagnosticFact("count", count - _countMax), new("of", code.Text())],
                });
            }
        }

        return [.. sorted, .. rest];
    }
}
