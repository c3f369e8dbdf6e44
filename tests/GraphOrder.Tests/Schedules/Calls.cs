namespace GraphOrder.Tests.Schedules;

/// <summary>
/// The calls of one phase, read from the plan and the contract alone: how long each takes, which classes it
/// holds, and which call must have ended first. Shares nothing with the scheduler.
/// </summary>
internal sealed class Calls
{
    private readonly SessionSet _set;
    private readonly PhaseSteps _steps;

    public Calls(SessionSet set, LifecycleModel model, Plan plan, Phase phase)
    {
        _set = set;
        _steps = plan[phase];
        PhaseRule rule = model[phase];
        CallOfStep = [.. Enumerable.Range(0, _steps.Count).Select(step => KeyOf(rule, step))];
        int[] keys = [.. CallOfStep.Distinct()];
        CallOfStep = [.. CallOfStep.Select(key => Array.IndexOf(keys, key))];
        Count = keys.Length;
        Lengths = new long[Count];
        Classes = [.. Enumerable.Range(0, Count).Select(_ => new HashSet<string>())];
        MustEndFirst = new bool[Count, Count];
        for (int step = 0; step < _steps.Count; step++)
        {
            foreach (int id in ObjectsOf(step))
            {
                ObjectFacts facts = set.Objects[id].Facts;
                Lengths[CallOfStep[step]] += facts.CostMicroseconds[(int)phase];
                bool isLimited = facts.Class is not null && set.Limits!.ContainsKey(facts.Class);
                _ = isLimited && Classes[CallOfStep[step]].Add(facts.Class!);
            }
        }

        AddSessions(rule);
        AddDependencies(phase);
    }

    /// <summary>The call of each step.</summary>
    public int[] CallOfStep { get; }

    public int Count { get; }

    public long[] Lengths { get; }

    public HashSet<string>[] Classes { get; }

    /// <summary>Whether the first must have ended when the second starts.</summary>
    public bool[,] MustEndFirst { get; }

    public int CallOfAct(string name) => CallOfStep[Enumerable.Range(0, _steps.Count)
        .Single(step => _steps[step].ActName == name)];

    // One call a step, but for what moves whole sessions or is run through by the kernel.
    private int KeyOf(PhaseRule rule, int step) =>
        _steps[step].ActName is not null || rule.Between.IsInterleaved && rule.Unit != StepUnit.Everything
            ? step
            : rule.Unit == StepUnit.Everything || rule.Between.Name == "create"
                ? -1
                : -2 - _set.Sessions.ToList().FindIndex(found => found.Name == _steps[step].Session);

    private IEnumerable<int> ObjectsOf(int step)
    {
        string? own = _steps[step].ObjectName ?? _steps[step].ActName;
        IEnumerable<string> names = Enumerable.Range(0, _steps[step].CarriedCount)
            .Select(index => _steps[step].CarriedName(index));
        foreach (string name in own is null ? names : names.Prepend(own))
        {
            _set.TryFind(name, out ObjectId id);
            yield return id.Index;
        }
    }

    private void AddSessions(PhaseRule rule)
    {
        for (int step = 0; rule.Unit != StepUnit.Object && step < _steps.Count; step++)
        {
            for (int later = step + 1; later < _steps.Count; later++)
            {
                if (_steps[step].Session == _steps[later].Session && CallOfStep[step] != CallOfStep[later])
                {
                    MustEndFirst[CallOfStep[step], CallOfStep[later]] = true;
                }
            }
        }
    }

    private void AddDependencies(Phase phase)
    {
        Dictionary<int, int> callOfObject = [];
        for (int step = 0; step < _steps.Count; step++)
        {
            foreach (int id in ObjectsOf(step))
            {
                callOfObject[id] = CallOfStep[step];
            }
        }

        foreach (int id in callOfObject.Keys)
        {
            foreach (int needed in Reached(id, phase).Where(callOfObject.ContainsKey))
            {
                int dependent = callOfObject[id];
                int on = callOfObject[needed];
                bool neededFirst = phase is Phase.Preserve or Phase.Freeze or Phase.Retrieve;
                if (dependent != on)
                {
                    MustEndFirst[neededFirst ? on : dependent, neededFirst ? dependent : on] = true;
                }
            }
        }
    }

    // What an object needs in a phase, through what the kernel moves.
    private HashSet<int> Reached(int from, Phase phase)
    {
        HashSet<int> reached = [];
        Stack<int> open = new([from]);
        while (open.TryPop(out int id))
        {
            foreach (DeclaredDependency dependency in _set.Dependencies)
            {
                int on = dependency.On.ObjectId.Index;
                bool isAct = _set.Objects[dependency.Dependent.ObjectId.Index].Act is not null
                    || _set.Objects[on].Act is not null;
                bool binds = isAct
                    ? !_set.Objects[on].Act.IsOther(phase)
                        && !_set.Objects[dependency.Dependent.ObjectId.Index].Act.IsOther(phase)
                    : PhaseSet.Default.Contains(phase);
                if (dependency.Dependent.ObjectId.Index == id && binds && reached.Add(on)
                    && _set.Objects[on].IsMovedByKernel)
                {
                    open.Push(on);
                }
            }
        }

        return reached;
    }
}

internal static class ActOfPhase
{
    public static bool IsOther(this ActFacts? act, Phase phase) => act is not null && act.Phase != phase;
}
