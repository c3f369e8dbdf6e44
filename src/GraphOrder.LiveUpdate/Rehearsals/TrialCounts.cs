namespace GraphOrder.LiveUpdate;

/// <summary>Gathers what became of orders drawn by lot.</summary>
internal sealed class TrialCounts(DependencyGraph graph, SimulationOptions kernel)
{
    private readonly List<MissingDependency> _missing = [];
    private int _tried;
    private int _broke;
    private int _deaths;
    private int _deathsThatBroke;
    private int _deathsThatLost;
    private ulong? _firstSeed;
    private Rehearsal? _first;

    /// <summary>An order that ran to its end, or was refused.</summary>
    public void Add(ulong seed, UpdateOrder order, Rehearsal rehearsal)
    {
        _tried++;
        if (rehearsal is { Held: true, Refused: null })
        {
            return;
        }

        _broke++;
        _firstSeed ??= seed;
        _first ??= rehearsal;
        foreach (BrokenDependency broken in rehearsal.Broken)
        {
            if (broken.Dependency < 0)
            {
                AddMissing(new MissingDependency(broken.Dependent.ObjectId, broken.On.ObjectId, null));
            }
        }

        if (rehearsal.Refused is { Act: RehearsedAct.Preserve or RehearsedAct.Retrieve } refused)
        {
            Phase phase = refused.Act == RehearsedAct.Preserve ? Phase.Preserve : Phase.Retrieve;
            foreach (int needed in new MissingNeeds(graph, kernel, order).Find(refused))
            {
                AddMissing(new MissingDependency(refused.Object!.Value, new ObjectId(needed), phase));
            }
        }
    }

    /// <summary>An order whose holder was killed.</summary>
    public void AddDeath(Rehearsal rehearsal)
    {
        _deaths++;
        _deathsThatBroke += rehearsal.Held ? 0 : 1;
        _deathsThatLost += rehearsal.Lost.IsEmpty ? 0 : 1;
    }

    /// <summary>All of it.</summary>
    public OrderTrials ToTrials(ulong seed) => new()
    {
        Seed = seed,
        Tried = _tried,
        Broke = _broke,
        FirstSeed = _firstSeed,
        First = _first,
        Deaths = _deaths,
        DeathsThatBroke = _deathsThatBroke,
        DeathsThatLost = _deathsThatLost,
        Missing = [.. _missing],
    };

    private void AddMissing(MissingDependency missing)
    {
        if (!_missing.Contains(missing))
        {
            _missing.Add(missing);
        }
    }
}
