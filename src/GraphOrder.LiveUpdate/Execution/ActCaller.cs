namespace GraphOrder.LiveUpdate;

/// <summary>
/// Has acts done by whoever does them. The names are made beforehand: an act that resumes a guest is called
/// while the guest is paused.
/// </summary>
internal sealed class ActCaller
{
    private readonly UpdatePlan _plan;
    private readonly IActRunner? _acts;
    private readonly string?[] _names;
    private readonly string?[] _sessions;

    public ActCaller(UpdatePlan plan, IActRunner? acts)
    {
        _plan = plan;
        _acts = acts;
        _names = new string?[plan.Graph.ObjectCount];
        _sessions = new string?[plan.Graph.ObjectCount];
        for (int i = 0; i < _names.Length; i++)
        {
            if (plan.Graph[new ObjectId(i)].Act is { } act)
            {
                _names[i] = plan.Set.NameOf(new ObjectId(i));
                _sessions[i] = plan.Set.NameOf(act.Session);
            }
        }
    }

    /// <summary>Has an act done in its own phase.</summary>
    /// <returns>Null where it was done, else why not.</returns>
    public string? Run(ObjectId act) => Run(act, _plan.Graph[act].Act!.Phase);

    /// <summary>The same in another phase.</summary>
    public string? Run(ObjectId act, Phase phase) => _acts is null
        ? "nobody was named who does acts"
        : _acts.Run(_names[act.Index]!, _sessions[act.Index]!, phase);
}
