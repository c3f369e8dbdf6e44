namespace GraphOrder;

/// <summary>What orders two ends in a phase.</summary>
public enum OrderVerdict : byte
{
    /// <summary>The one asked about first must go first.</summary>
    First,

    /// <summary>The other one must go first.</summary>
    Then,

    /// <summary>Nothing orders them; a plan puts them one after another all the same.</summary>
    Free,

    /// <summary>They move in one step.</summary>
    Together,

    /// <summary>A session has no place of its own in the phase, and only some of it is ordered.</summary>
    Partly,

    /// <summary>Each must go before the other: the set has no plan.</summary>
    Contradiction,
}
