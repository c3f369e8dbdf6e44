namespace GraphOrder;

/// <summary>What a step of a plan moves, by name.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The id, or the name of the session; empty where everything moves.</param>
public readonly record struct StepName(StepKind Kind, string Name);

/// <summary>What a step of a plan moves.</summary>
public enum StepKind : byte
{
    /// <summary>A file or an object.</summary>
    Object,

    /// <summary>Nothing: an act is done.</summary>
    Act,

    /// <summary>A whole session.</summary>
    Session,

    /// <summary>Everything at once.</summary>
    Everything,
}
