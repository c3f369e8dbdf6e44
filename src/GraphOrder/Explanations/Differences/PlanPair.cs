using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>Two plans, compared phase by phase. Not thread-safe.</summary>
internal sealed class PlanPair
{
    private readonly Plan _first;
    private readonly Plan _second;
    private readonly PlanDiffOptions _options;
    private readonly StepTable _table = new();
    private readonly StepPairs[] _pairs = new StepPairs[Phases.Count];
    private readonly PhaseDifference[] _phases = new PhaseDifference[Phases.Count];

    public PlanPair(Plan first, Plan second, PlanDiffOptions options)
    {
        _first = first;
        _second = second;
        _options = options;
    }

    /// <summary>Fills in all that speaks of steps.</summary>
    public PlanDifference Compare(
        PlanDifference found, DependencyChanges? changes, CancellationToken cancellation)
    {
        foreach (Phase phase in Phases.All)
        {
            cancellation.ThrowIfCancellationRequested();
            _phases[(int)phase] = Compare(phase);
        }

        ImmutableArray<SessionOrderDifference> sessions = SessionOrders();
        CauseFinder? finder = changes is null || found.First.Kernels is null || found.Second.Kernels is null
            ? null
            : new CauseFinder(
                found.First, found.Second, changes, _pairs, _table, _options, cancellation);
        foreach (Phase phase in Phases.All)
        {
            _phases[(int)phase] = _phases[(int)phase] with
            {
                Moved = Moved(_pairs[(int)phase], phase, finder),
            };
        }

        return found with
        {
            Phases = [.. _phases],
            Sessions = sessions,
            Causes = finder?.Causes() ?? [],
        };
    }

    private PhaseDifference Compare(Phase phase)
    {
        PhaseSteps first = _first[phase];
        PhaseSteps second = _second[phase];
        int[] firstKeys = _table.KeysOf(first);
        int[] secondKeys = _table.KeysOf(second);
        PhaseDifference found = new(phase, first.Count, second.Count);
        if (!AreComparable(firstKeys, secondKeys))
        {
            _pairs[(int)phase] = new StepPairs([], [], _table.KeyCount);
            return found with { IsComparable = false };
        }

        int[] firstCarried = _table.CarriedOf(first);
        int[] secondCarried = _table.CarriedOf(second);
        StepPairs pairs = new(firstKeys, secondKeys, _table.KeyCount);
        _pairs[(int)phase] = pairs;
        StepName[] onlyFirst = Only(pairs.OnlyFirst, firstKeys, secondCarried, out int insideSecond);
        StepName[] onlySecond = Only(pairs.OnlySecond, secondKeys, firstCarried, out int insideFirst);
        found = found with
        {
            CommonCount = pairs.Keys.Length,
            OnlyFirstCount = pairs.OnlyFirst.Count - insideSecond,
            OnlySecondCount = pairs.OnlySecond.Count - insideFirst,
            InsideSecondCount = insideSecond,
            InsideFirstCount = insideFirst,
            MovedCount = pairs.Change.MovedCount,
            TurnedPairs = pairs.Change.TurnedPairs,
            OnlyFirst = [.. onlyFirst],
            OnlySecond = [.. onlySecond],
        };
        return WithRows(found, pairs, first, second, firstCarried, secondCarried);
    }

    // Everything else that a step says. What stands alone in one plan and inside a file in the other is told
    // already.
    private static PhaseDifference WithRows(
        PhaseDifference found,
        StepPairs pairs,
        PhaseSteps first,
        PhaseSteps second,
        int[] firstCarried,
        int[] secondCarried)
    {
        int tokens = 0;
        int sessions = 0;
        int carried = 0;
        bool areAlike = found.InsideFirstCount + found.InsideSecondCount == 0;
        for (int place = 0; place < pairs.Keys.Length; place++)
        {
            PlanRow row = first.Rows[pairs.Firsts[place]];
            PlanRow other = second.Rows[pairs.Seconds[place]];
            tokens += row.HasToken && other.HasToken && row.Token != other.Token ? 1 : 0;
            sessions += Session(first, row).SequenceEqual(Session(second, other)) ? 0 : 1;
            bool isSame = firstCarried.AsSpan(row.FirstCarried, row.CarriedCount).SequenceEqual(
                secondCarried.AsSpan(other.FirstCarried, other.CarriedCount));
            carried += areAlike && !isSame ? 1 : 0;
        }

        return found with
        {
            TokenChangedCount = tokens,
            SessionChangedCount = sessions,
            CarriedChangedCount = carried,
        };
    }

    private static ReadOnlySpan<byte> Session(PhaseSteps steps, in PlanRow row) =>
        row.Session < 0 ? [] : steps.Names.Sessions.Utf8(row.Session);

    // Acts stand beside what moves, whatever it is.
    private static bool AreComparable(int[] first, int[] second)
    {
        int kinds = KindsOf(first);
        int others = KindsOf(second);
        return kinds == 0 || others == 0 || (kinds & others) != 0;
    }

    private static int KindsOf(int[] keys)
    {
        int kinds = 0;
        foreach (int key in keys)
        {
            StepKind kind = StepTable.KindOf(key);
            kinds |= kind == StepKind.Act ? 0 : 1 << (int)kind;
        }

        return kinds;
    }

    private StepName[] Only(List<int> steps, int[] keys, int[] carriedByOther, out int insideCount)
    {
        insideCount = 0;
        List<StepName> names = [];
        HashSet<int> carried = steps.Count == 0 ? [] : [.. carriedByOther];
        foreach (int step in steps)
        {
            bool isInside = carried.Contains(keys[step]);
            insideCount += isInside ? 1 : 0;
            if (!isInside && names.Count < _options.EntryCountMax)
            {
                names.Add(_table.NameOf(keys[step]));
            }
        }

        return [.. names];
    }

    private ImmutableArray<MovedStep> Moved(StepPairs pairs, Phase phase, CauseFinder? finder)
    {
        List<MovedStep> moved = [];
        OrderChange change = pairs.Change;
        for (int place = 0; place < change.Length && moved.Count < _options.EntryCountMax; place++)
        {
            if (!change.IsMoved(place))
            {
                continue;
            }

            MovedStep step = Moved(pairs, place);
            if (finder is not null && moved.Count < _options.CauseCountMax)
            {
                int other = finder.WitnessOf(phase, place);
                step = step with
                {
                    Other = _table.NameOf(pairs.Keys[other]),
                    Cause = finder.CauseOf(phase, place, other),
                };
            }

            moved.Add(step);
        }

        return [.. moved];
    }

    private MovedStep Moved(StepPairs pairs, int place) => new(
        _table.NameOf(pairs.Keys[place]),
        pairs.Firsts[place],
        pairs.Seconds[place],
        pairs.Change.RankOf(place) - place,
        pairs.Change.TurnedOf(place));

    private ImmutableArray<SessionOrderDifference> SessionOrders()
    {
        List<string> names = ["create", "retrieve", "finish", "close"];
        foreach (Plan plan in (ReadOnlySpan<Plan>)[_first, _second])
        {
            foreach ((string name, _) in plan.Sessions.Others)
            {
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
            }
        }

        List<SessionOrderDifference> orders = [];
        foreach (string name in names)
        {
            ImmutableArray<SessionName> first = _first.Sessions.Find(name);
            ImmutableArray<SessionName> second = _second.Sessions.Find(name);
            if (!first.IsDefault || !second.IsDefault)
            {
                orders.Add(Compare(name, first, second));
            }
        }

        return [.. orders];
    }

    private SessionOrderDifference Compare(
        string name, ImmutableArray<SessionName> first, ImmutableArray<SessionName> second)
    {
        SessionOrderDifference found = new(name, !first.IsDefault, !second.IsDefault);
        if (first.IsDefault || second.IsDefault)
        {
            return found;
        }

        int[] firstKeys = [.. first.Select(_table.KeyOf)];
        int[] secondKeys = [.. second.Select(_table.KeyOf)];
        StepPairs pairs = new(firstKeys, secondKeys, _table.KeyCount);
        return found with
        {
            CommonCount = pairs.Keys.Length,
            OnlyFirstCount = pairs.OnlyFirst.Count,
            OnlySecondCount = pairs.OnlySecond.Count,
            MovedCount = pairs.Change.MovedCount,
            TurnedPairs = pairs.Change.TurnedPairs,
            OnlyFirst = [.. Only(pairs.OnlyFirst, firstKeys, [], out _)],
            OnlySecond = [.. Only(pairs.OnlySecond, secondKeys, [], out _)],
            Moved = Moved(pairs, default, null),
        };
    }
}
