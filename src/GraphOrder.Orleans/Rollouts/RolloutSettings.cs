namespace GraphOrder.Orleans;

/// <summary>How often the parts of a roll-out look.</summary>
public sealed class RolloutSettings
{
    /// <summary>How often a part looks what has happened.</summary>
    public TimeSpan Turn { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it asks a host of which it has heard nothing.</summary>
    public TimeSpan AskAgain { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it tells the roll-out again what that may have missed.</summary>
    public TimeSpan TellAgain { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often what stands still after a lost node is woken at the latest; Orleans takes no less than a
    /// minute unless its reminders are told so.
    /// </summary>
    public TimeSpan Wake { get; set; } = TimeSpan.FromMinutes(1);
}
