namespace GraphOrder.Orleans;

/// <summary>Where the events of a silo's grains go. Thread-safe.</summary>
public interface IFleetEventLog
{
    /// <summary>
    /// Adds events that are stored; they are in the log, and outlive this process, when it returns.
    /// </summary>
    void Append(IReadOnlyList<FleetEvent> events);
}
