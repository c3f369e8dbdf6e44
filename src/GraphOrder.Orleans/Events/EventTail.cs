namespace GraphOrder.Orleans;

/// <summary>
/// How many events a grain has had, and those of its last change: a grain that is stored and ends before its
/// events are written writes them when it comes back.
/// </summary>
[GenerateSerializer]
public sealed class EventTail
{
    /// <summary>The number of the last event; 0 for none yet.</summary>
    [Id(0)]
    public long Sequence { get; set; }

    /// <summary>The events of the last change.</summary>
    [Id(1)]
    public List<FleetEvent> Last { get; set; } = [];

    /// <summary>Begins a change: what was last is written by now.</summary>
    public void Begin() => Last.Clear();

    /// <summary>Adds an event of the change and numbers it.</summary>
    public void Add(FleetEvent added)
    {
        ArgumentNullException.ThrowIfNull(added);
        Last.Add(added with { Sequence = ++Sequence });
    }
}
