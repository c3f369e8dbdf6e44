using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Collects diagnostics up to a limit, counts the rest, and hands them out sorted: errors first, then by
/// code, then by place, then by subject. Not thread-safe.
/// </summary>
public sealed class DiagnosticList
{
    /// <summary>How many are kept where nobody says otherwise.</summary>
    public const int CountMaxDefault = 100;

    private readonly List<Diagnostic> _kept = [];
    private readonly int _countMax;
    private int _errorCount;
    private long _left;

    /// <summary>An empty list.</summary>
    /// <param name="countMax">The greatest number of errors to keep, and of others likewise.</param>
    public DiagnosticList(int countMax = CountMaxDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        _countMax = countMax;
    }

    /// <summary>Whether an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether no further error would be kept.</summary>
    public bool IsFull => _errorCount >= _countMax;

    /// <summary>Adds one, or counts it where the limit is reached.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        HasErrors |= diagnostic.IsError;
        int kept = diagnostic.IsError ? _errorCount : _kept.Count - _errorCount;
        if (kept >= _countMax)
        {
            _left++;
            return;
        }

        _kept.Add(diagnostic);
        _errorCount += diagnostic.IsError ? 1 : 0;
    }

    /// <summary>What was kept, sorted; where more came, the last one says how many.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() => WithRest(_kept.OrderByDescending(d => d.Severity)
        .ThenBy(d => d.Code)
        .ThenBy(d => d.Location.Line)
        .ThenBy(d => d.Location.Column)
        .ThenBy(d => d.Subjects.IsEmpty ? "" : d.Subjects[0], StringComparer.Ordinal));

    /// <summary>What was kept, in the order in which a reader of the document meets it.</summary>
    public ImmutableArray<Diagnostic> ToImmutableByPlace() =>
        WithRest(_kept.OrderBy(d => d.Location.Line).ThenBy(d => d.Location.Column).ThenBy(d => d.Code));

    private ImmutableArray<Diagnostic> WithRest(IEnumerable<Diagnostic> sorted)
    {
        Diagnostic[] rest = _left == 0 ? [] :
        [
            new Diagnostic(DiagnosticCode.MoreProblems, DiagnosticSeverity.Info)
            {
                Facts = [new DiagnosticFact("count", _left)],
            },
        ];
        return [.. sorted, .. rest];
    }
}
