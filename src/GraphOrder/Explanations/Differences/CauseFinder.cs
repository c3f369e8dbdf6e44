using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Finds out why steps were turned round, by planning the second set again with changes taken back: a cause
/// is a set of changed dependencies without which two steps have their first order, and none of which can
/// be left out. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// <b>The witness.</b> The cause of a moved step is that of one pair: the step, and the other end of the
/// first changed dependency with an end in it that was turned round with it; where there is none, of the
/// steps that did not move and were turned round with it the one that stands nearest in the second plan, the
/// earlier of two.
/// </para>
/// <para>
/// <b>The cause.</b> In this order: the phase follows preserve, where the two were turned round too; the
/// second plan is not the planner's; a cause found already restores this pair too; the changes, those with
/// an end in either step first, are taken back one after another until the first order is there, the last
/// one is of the cause, and so on with those in front of it until what was found is enough; what is
/// superfluous is left out again. Then the first plan's model alone, then the order in which the sets name
/// the two, then objects that only one set has.
/// </para>
/// </remarks>
internal sealed class CauseFinder
{
    private readonly PlanSide _first;
    private readonly PlanSide _second;
    private readonly Plan _firstPlan;
    private readonly Plan _secondPlan;
    private readonly DependencyChanges _changes;
    private readonly StepPairs[] _pairs;
    private readonly StepTable _table;
    private readonly CounterPlans _plans;
    private readonly DocumentPlaces _document;
    private readonly CauseWitness _witness;
    private readonly List<OrderCause> _causes = [];
    private readonly Dictionary<int, List<int>> _touching = [];

    public CauseFinder(
        PlanSide first,
        PlanSide second,
        DependencyChanges changes,
        StepPairs[] pairs,
        StepTable table,
        PlanDiffOptions options,
        CancellationToken cancellation)
    {
        _first = first;
        _second = second;
        first.Result.TryGetPlan(out Plan? firstPlan);
        second.Result.TryGetPlan(out Plan? secondPlan);
        _firstPlan = firstPlan!;
        _secondPlan = secondPlan!;
        _changes = changes;
        _pairs = pairs;
        _table = table;
        _plans = new CounterPlans(changes, first, second, table, options, cancellation);
        _document = new DocumentPlaces(first.Graph!.Set, second.Graph!.Set);
        _witness = new CauseWitness(first, second, changes, cancellation);
        foreach (int change in changes.Revocable)
        {
            (DependencyEnd dependent, DependencyEnd on) = changes.EndsOf(change);
            Touch(dependent, change);
            Touch(on, change);
        }
    }

    /// <summary>The causes found so far; each says how many steps it moved.</summary>
    public ImmutableArray<OrderCause> Causes()
    {
        for (int i = 0; i < _causes.Count; i++)
        {
            OrderCause cause = _causes[i];
            bool isOfModel = cause.Kind == OrderCauseKind.Model;
            bool isWhole = (isOfModel || cause.Kind == OrderCauseKind.Dependencies)
                && _plans.Of(cause.Changes.AsSpan(), isOfModel)?.HasOrderOf(_firstPlan) == true;
            _causes[i] = cause with { IsWhole = isWhole };
        }

        return [.. _causes];
    }

    /// <summary>The step that tells why a step moved: its place among those that both plans have.</summary>
    public int WitnessOf(Phase phase, int place)
    {
        StepPairs pairs = _pairs[(int)phase];
        foreach (int change in _touching.GetValueOrDefault(pairs.Keys[place]) ?? [])
        {
            (DependencyEnd dependent, DependencyEnd on) = _changes.EndsOf(change);
            foreach (DependencyEnd end in (ReadOnlySpan<DependencyEnd>)[dependent, on])
            {
                foreach (int key in KeysOf(end))
                {
                    if (pairs.PlaceOf(key) is var other && other >= 0 && other != place
                        && pairs.Change.IsTurned(place, other))
                    {
                        return other;
                    }
                }
            }
        }

        return Nearest(pairs.Change, place);
    }

    /// <summary>Why two steps were turned round; -1 where that is not found within the limits.</summary>
    public int CauseOf(Phase phase, int place, int other)
    {
        int key = _pairs[(int)phase].Keys[place];
        int otherKey = _pairs[(int)phase].Keys[other];
        int known = Find(phase, key, otherKey, place < other);
        if (known >= 0)
        {
            _causes[known] = _causes[known] with { MovedCount = _causes[known].MovedCount + 1 };
        }

        return known;
    }

    private static int Nearest(OrderChange change, int place)
    {
        int best = -1;
        for (int other = 0; other < change.Length; other++)
        {
            bool isBetter = !change.IsMoved(other)
                && change.IsTurned(place, other)
                && (best < 0 || Distance(change, place, other) < Distance(change, place, best));
            best = isBetter ? other : best;
        }

        return best;
    }

    private static int Distance(OrderChange change, int place, int other) =>
        Math.Abs(change.RankOf(place) - change.RankOf(other));

    private int Find(Phase phase, int key, int other, bool wasFirst)
    {
        if (FollowsPreserve(phase, key, other))
        {
            return Add(OrderCauseKind.Preserve, [], phase, key, other);
        }

        if (!Restores([], isOfFirstModel: false, isTurned: true))
        {
            return _plans.Of([]) is null ? -1 : Add(OrderCauseKind.Chosen, [], phase, key, other);
        }

        for (int i = 0; i < _causes.Count; i++)
        {
            bool isOfModel = _causes[i].Kind == OrderCauseKind.Model;
            if ((isOfModel || _causes[i].Kind == OrderCauseKind.Dependencies)
                && Restores(_causes[i].Changes.AsSpan(), isOfModel))
            {
                return i;
            }
        }

        int[] changes = Ordered(key, other);
        if (changes.Length > 0 && Restores(changes))
        {
            int[]? least = Least(changes, found => Restores(found.AsSpan()));
            return least is null ? -1 : Add(OrderCauseKind.Dependencies, least, phase, key, other);
        }

        OrderCauseKind kind = _plans.HasOtherModel && Restores([], isOfFirstModel: true)
            ? OrderCauseKind.Model
            : _document.AreTurned(_table.NameOf(key), _table.NameOf(other)) ? OrderCauseKind.Document
            : !_document.HaveSameObjects ? OrderCauseKind.Objects
            : _plans.HasOtherModel ? OrderCauseKind.Model
            : OrderCauseKind.Unknown;
        return _plans.IsSpent && kind == OrderCauseKind.Unknown ? -1 : Add(kind, [], phase, key, other);

        bool Restores(ReadOnlySpan<int> takenBack, bool isOfFirstModel = false, bool isTurned = false) =>
            _plans.Of(takenBack, isOfFirstModel) is { } plan
            && (wasFirst != isTurned ? plan.HasFirst(phase, key, other) : plan.HasFirst(phase, other, key));
    }

    // The least of changes that restores, found from the last one that is missing; null beyond the limits.
    private int[]? Least(int[] changes, Func<int[], bool> restores)
    {
        List<int> found = [];
        for (int length = changes.Length; !restores([.. found]); length--)
        {
            int low = 0;
            while (low < length)
            {
                int middle = (low + length) / 2;
                bool isEnough = restores([.. found, .. changes.AsSpan(0, middle)]);
                (low, length) = isEnough ? (low, middle) : (middle + 1, length);
            }

            if (length == 0 || _plans.IsSpent)
            {
                return null;
            }

            found.Add(changes[length - 1]);
        }

        for (int i = found.Count - 1; i >= 0 && found.Count > 1; i--)
        {
            int[] fewer = [.. found[..i], .. found[(i + 1)..]];
            if (restores(fewer))
            {
                found.RemoveAt(i);
            }
        }

        found.Sort();
        return [.. found];
    }

    private bool FollowsPreserve(Phase phase, int key, int other)
    {
        PhaseRule rule = _second.Kernels![phase];
        StepPairs preserve = _pairs[(int)Phase.Preserve];
        int place = preserve.PlaceOf(key);
        int otherPlace = preserve.PlaceOf(other);
        return phase != Phase.Preserve
            && rule.Unit == StepUnit.File
            && rule.ReadsPreserveOrder
            && place >= 0 && otherPlace >= 0
            && (rule.Between.IsInterleaved || AreInOneSession(key, other))
            && preserve.Change.IsTurned(place, otherPlace);
    }

    private bool AreInOneSession(int key, int other) =>
        SessionOf(key) is var session && session >= 0 && session == SessionOf(other);

    private int SessionOf(int key) =>
        _second.Graph!.Set.TryFind(_table.NameOf(key).Name, out ObjectId id)
            ? _second.Graph.SessionOf(id)?.Index ?? -1
            : -1;

    private int Add(OrderCauseKind kind, int[] changes, Phase phase, int key, int other)
    {
        // One entry is enough for what has no changes to tell apart.
        int known = _causes.FindIndex(cause => cause.Kind == kind && changes.Length == 0);
        if (known >= 0)
        {
            return known;
        }

        _causes.Add(_witness.Tell(
            new OrderCause(kind)
            {
                Changes = [.. changes],
                Phase = phase,
                Step = _table.NameOf(key),
                Other = _table.NameOf(other),
            },
            _firstPlan,
            _secondPlan));
        return _causes.Count - 1;
    }

    private int[] Ordered(int key, int other)
    {
        SortedSet<int> near =
        [
            .. _touching.GetValueOrDefault(key) ?? [],
            .. _touching.GetValueOrDefault(other) ?? [],
        ];
        List<int> changes = [.. near];
        foreach (int change in _changes.Revocable)
        {
            if (!near.Contains(change))
            {
                changes.Add(change);
            }
        }

        return [.. changes];
    }

    private void Touch(DependencyEnd end, int change)
    {
        foreach (int key in KeysOf(end))
        {
            if (!_touching.TryGetValue(key, out List<int>? changes))
            {
                _touching.Add(key, changes = []);
            }

            if (changes.Count == 0 || changes[^1] != change)
            {
                changes.Add(change);
            }
        }
    }

    // The steps that may move an end: its own, that of its file, that of its session.
    private List<int> KeysOf(DependencyEnd end)
    {
        DependencyGraph graph = _second.Graph!;
        SessionSet set = graph.Set;
        List<int> keys = [];
        SessionId? session = end.IsSession ? end.SessionId : graph.SessionOf(end.ObjectId);
        if (!end.IsSession)
        {
            bool isAct = graph[end.ObjectId].Act is not null;
            keys.Add(_table.Find(set, end.ObjectId, isAct ? StepKind.Act : StepKind.Object));
            if (graph.FileOf(end.ObjectId) is { } file && file != end.ObjectId)
            {
                keys.Add(_table.Find(set, file, StepKind.Object));
            }
        }

        if (session is { } home)
        {
            keys.Add(_table.Find(set, home));
        }

        keys.RemoveAll(static key => key < 0);
        return keys;
    }
}
