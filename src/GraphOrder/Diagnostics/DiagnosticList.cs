using System.Collections.Immutable;
using System.Runtime.InteropServices;

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
    private readonly List<(DiagnosticCode Code, long Count)> _counts = [];
    private readonly List<(int Severity, int Code, int Place)> _keys = [];
    private int _countMax;

    /// <summary>An empty list.</summary>
    /// <param name="countMax">The greatest number of each code to keep.</param>
    public DiagnosticList(int countMax = CountMaxDefault) => Clear(countMax);

    /// <summary>Whether an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether no further one of a code would be kept.</summary>
    public bool IsFull(DiagnosticCode code) => Find(code, out _) >= _countMax;

    /// <summary>Adds one, or counts it where the limit is reached.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        HasErrors |= diagnostic.IsError;
        long count = Find(diagnostic.Code, out int place);
        if (count < _countMax)
        {
            _kept.Add(diagnostic);
        }

        if (count == 0)
        {
            _counts.Insert(place, default);
        }

        _counts[place] = (diagnostic.Code, count + 1);
    }

    /// <summary>
    /// What was kept, sorted; where more of a code came, one at the end says how many. The place in a
    /// document does not matter: two documents that say the same give the same list.
    /// </summary>
    public ImmutableArray<Diagnostic> ToImmutable()
    {
        _keys.Clear();
        for (int i = 0; i < _kept.Count; i++)
        {
            _keys.Add((-(int)_kept[i].Severity, (int)_kept[i].Code, i));
        }

        _keys.Sort();
        Diagnostic[] sorted = WithRest();
        for (int i = 0; i < _keys.Count; i++)
        {
            sorted[i] = _kept[_keys[i].Place];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(sorted);
    }

    /// <summary>
    /// What was kept, in the order in which a reader of the document meets it. Of a document of another
    /// kind there is nothing else to say.
    /// </summary>
    public ImmutableArray<Diagnostic> ToImmutableByPlace()
    {
        if (_kept.Find(static d => d.Code == DiagnosticCode.WrongSchema) is { } wrong)
        {
            return [wrong];
        }

        Diagnostic[] sorted = WithRest();
        _kept.OrderBy(static d => d.Location.Line)
            .ThenBy(static d => d.Location.Column)
            .ThenBy(static d => d.Code)
            .ToArray()
            .CopyTo(sorted, 0);
        return ImmutableCollectionsMarshal.AsImmutableArray(sorted);
    }

    /// <summary>Forgets all of it.</summary>
    /// <param name="countMax">The greatest number of each code to keep.</param>
    internal void Clear(int countMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        _countMax = countMax;
        _kept.Clear();
        _counts.Clear();
        HasErrors = false;
    }

    // How many of a code came, and where it stands among the codes or would stand.
    private long Find(DiagnosticCode code, out int place)
    {
        place = 0;
        while (place < _counts.Count && _counts[place].Code < code)
        {
            place++;
        }

        return place < _counts.Count && _counts[place].Code == code ? _counts[place].Count : 0;
    }

    // Room for what was kept, and behind it how many more of a code came.
    private Diagnostic[] WithRest()
    {
        int count = _kept.Count;
        foreach ((_, long came) in _counts)
        {
            count += came > _countMax ? 1 : 0;
        }

        Diagnostic[] all = new Diagnostic[count];
        int next = _kept.Count;
        foreach ((DiagnosticCode code, long came) in _counts)
        {
            if (came > _countMax)
            {
                all[next++] = new Diagnostic(DiagnosticCode.MoreProblems, DiagnosticSeverity.Info)
                {
                    Facts = [new DiagnosticFact("count", came - _countMax), new("of", code.Text())],
                };
            }
        }

        return all;
    }
}
