namespace GraphOrder.Orleans;

/// <summary>The hosts of a roll-out have no order.</summary>
/// <param name="message">Which hosts stand against one another, and what to do about it.</param>
public sealed class FleetOrderException(string message) : Exception(message);
