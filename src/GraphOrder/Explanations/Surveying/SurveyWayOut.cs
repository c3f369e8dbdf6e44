namespace GraphOrder;

/// <summary>A repair of an example. Immutable.</summary>
/// <param name="Number">Its number among the repairs of the set, from 1 up.</param>
/// <param name="Repair">The repair.</param>
public sealed record SurveyWayOut(int Number, Repair Repair);
