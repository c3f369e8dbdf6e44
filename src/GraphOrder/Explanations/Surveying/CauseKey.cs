using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// What is wrong, told without ids, so that hosts with the same trouble fall together: the code, what facts
/// tell two troubles of one code apart, and of a closed walk its pattern. Equal where all of it is.
/// Immutable.
/// </summary>
/// <param name="Code">What is wrong.</param>
public sealed record CauseKey(DiagnosticCode Code) : IComparable<CauseKey>
{
    private const string SessionKind = "session";

    /// <summary>
    /// The facts that tell it apart from other troubles of its code: the kind that a kernel has no handler
    /// for, the member that a document lacks. Never an id.
    /// </summary>
    public ImmutableArray<DiagnosticFact> Facts { get; init; } = [];

    /// <summary>The kinds of what it is about, where that is no closed walk.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>
    /// The closed walk, beginning where it is least, so that equal walks are equal wherever they were begun;
    /// empty where it is none.
    /// </summary>
    public ImmutableArray<CauseStep> Steps { get; init; } = [];

    /// <summary>Every phase in which the walk is closed.</summary>
    public PhaseSet Phases { get; init; }

    /// <summary>What a diagnostic says, without ids.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="set">The set it is about; null where none could be read.</param>
    /// <remarks>O(length of the walk) time and space.</remarks>
    public static CauseKey Of(Diagnostic diagnostic, SessionSet? set)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        ImmutableArray<DiagnosticFact> facts =
            [.. diagnostic.Facts.Where(fact => TellsApart(diagnostic.Code, fact.Name))];
        if (diagnostic.Cycle is not { } cycle)
        {
            ImmutableArray<string> kinds = set is null || diagnostic.Code == DiagnosticCode.NoHandler
                ? []
                : [.. diagnostic.Subjects.Take(2).Select(subject => KindOf(set, subject))];
            return new CauseKey(diagnostic.Code) { Facts = facts, Kinds = kinds };
        }

        CauseStep[] steps = [.. cycle.Steps.Select(step => new CauseStep(
            KindOf(set, step.First),
            KindOf(set, step.Then),
            step.Rule != CycleRule.FixedBeginning && step.First == step.Dependent,
            step.Phase,
            step.Rule,
            cycle.Rules[(int)step.Phase].Model,
            step.JoinedBy is { } join ? JoinOf(set, join) : null))];
        int least = LeastRotation(steps);
        return new CauseKey(diagnostic.Code)
        {
            Facts = facts,
            Steps = [.. steps[least..], .. steps[..least]],
            Phases = cycle.Phases,
        };
    }

    /// <summary>An order in which only equal keys are equal: by code first.</summary>
    public int CompareTo(CauseKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        int compared = Code.CompareTo(other.Code);
        compared = compared != 0 ? compared : Compare(Facts, other.Facts, CompareFacts);
        compared = compared != 0 ? compared : Compare(Kinds, other.Kinds, string.CompareOrdinal);
        compared = compared != 0
            ? compared
            : Compare(Steps, other.Steps, static (one, another) => one.CompareTo(another));
        return compared != 0
            ? compared
            : string.CompareOrdinal(Phases.ToString(), other.Phases.ToString());
    }

    /// <inheritdoc/>
    public bool Equals(CauseKey? other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Code);
        foreach (DiagnosticFact fact in Facts)
        {
            hash.Add(fact.ToString(), StringComparer.Ordinal);
        }

        foreach (string kind in Kinds)
        {
            hash.Add(kind, StringComparer.Ordinal);
        }

        foreach (CauseStep step in Steps)
        {
            hash.Add(step);
        }

        hash.Add(Phases);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public static bool operator <(CauseKey? left, CauseKey? right) =>
        left is null ? right is not null : left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(CauseKey? left, CauseKey? right) => right < left;

    /// <inheritdoc/>
    public static bool operator <=(CauseKey? left, CauseKey? right) => !(right < left);

    /// <inheritdoc/>
    public static bool operator >=(CauseKey? left, CauseKey? right) => !(left < right);

    // Facts that name no object and no session of the one host.
    private static bool TellsApart(DiagnosticCode code, string fact) => code switch
    {
        DiagnosticCode.NoHandler => fact is "kind" or "release" or "act" or "compatible",
        DiagnosticCode.UnknownKernel => fact is "kernel",
        DiagnosticCode.CrossesSessions => fact is "phase" or "source" or "kernel",
        DiagnosticCode.MemfdTooLarge or DiagnosticCode.TooManySessions or DiagnosticCode.TooManyFiles
            or DiagnosticCode.TooManyFlbs => fact is "kernel",
        DiagnosticCode.UnknownMember or DiagnosticCode.DuplicateMember or DiagnosticCode.WrongValue
            or DiagnosticCode.NumberOutOfRange => fact is "member",
        DiagnosticCode.WrongType => fact is "member" or "expected",
        DiagnosticCode.MissingMember => fact is "member" or "what",
        DiagnosticCode.WrongSchema => fact is "found",
        DiagnosticCode.LimitReached or DiagnosticCode.NotSupportedYet => fact is "what",
        DiagnosticCode.RequiredFeatureMissing => fact is "feature",
        DiagnosticCode.ActWithoutPlace => fact is "phase",
        DiagnosticCode.DocumentUnreadable => fact is "reason",
        _ => false,
    };

    private static string KindOf(SessionSet? set, string name) =>
        set is null || !set.TryFindEnd(name, out DependencyEnd end) ? ""
        : end.IsSession ? SessionKind
        : set.Objects[end.ObjectId.Index].Kind.Name;

    // A session that joins two steps stands there by its name alone; a file by its id.
    private static string JoinOf(SessionSet? set, string name) =>
        set is not null && set.TryFindSession(name, out _) ? SessionKind : KindOf(set, name);

    private static int CompareFacts(DiagnosticFact one, DiagnosticFact other)
    {
        int compared = string.CompareOrdinal(one.Name, other.Name);
        return compared != 0 ? compared : string.CompareOrdinal(one.ToString(), other.ToString());
    }

    private static int Compare<T>(ImmutableArray<T> one, ImmutableArray<T> other, Comparison<T> compare)
    {
        for (int i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            if (compare(one[i], other[i]) is not 0 and int compared)
            {
                return compared;
            }
        }

        return one.Length.CompareTo(other.Length);
    }

    // Where a cyclic sequence has to be begun to be the least: two beginnings run beside one another, and
    // what is greater gives up all that it has passed. O(n).
    private static int LeastRotation(ReadOnlySpan<CauseStep> steps)
    {
        int best = 0;
        int other = 1;
        int same = 0;
        while (best < steps.Length && other < steps.Length && same < steps.Length)
        {
            int compared = steps[(best + same) % steps.Length].CompareTo(
                steps[(other + same) % steps.Length]);
            if (compared == 0)
            {
                same++;
                continue;
            }

            if (compared > 0)
            {
                best += same + 1;
            }
            else
            {
                other += same + 1;
            }

            other += best == other ? 1 : 0;
            same = 0;
        }

        return Math.Min(best, other);
    }
}
