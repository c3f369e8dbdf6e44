namespace GraphOrder.Orleans;

/// <summary>What happens next in a simulated fleet.</summary>
/// <param name="Kind">What.</param>
/// <param name="Domain">In which domain; -1 for none.</param>
/// <param name="Host">To which host; null for none.</param>
internal readonly record struct SimulatedEvent(SimulatedEventKind Kind, int Domain, HostProgress? Host);

/// <summary>The kinds of what happens.</summary>
internal enum SimulatedEventKind
{
    /// <summary>A domain looks at what has happened and gives permits.</summary>
    Turn,

    /// <summary>The update of a host ends on the host itself.</summary>
    UpdateEnds,

    /// <summary>Somebody has repaired a host.</summary>
    Repaired,

    /// <summary>A planner node is lost.</summary>
    NodeLost,

    /// <summary>The domains of a lost node have a new one.</summary>
    NodeTaken,
}
