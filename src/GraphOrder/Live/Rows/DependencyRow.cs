namespace GraphOrder;

/// <summary>What a live graph knows of a dependency.</summary>
internal struct DependencyRow
{
    /// <summary>Whether it is there, as the open change has it.</summary>
    public bool IsThere;

    /// <summary>Whether the open change has added it.</summary>
    public bool IsNew;

    /// <summary>Whether the orders cannot judge it, so that the planner is asked.</summary>
    public bool IsAsked;

    /// <summary>What was declared, by rows of the live graph; of a need only its ends count.</summary>
    public DeclaredDependency Declared;

    /// <summary>The phases in which it counts.</summary>
    public PhaseSet Phases;

    /// <summary>Whether areas declare it, as long as there are any.</summary>
    public bool IsMapped;

    /// <summary>The areas that declare it.</summary>
    public int AreaCount;

    /// <summary>The arcs that it puts on the named orders.</summary>
    public int FirstUse;

    /// <summary>The end that needs.</summary>
    public readonly DependencyEnd Dependent => Declared.Dependent;

    /// <summary>The end that is needed.</summary>
    public readonly DependencyEnd On => Declared.On;

    /// <summary>Whether it is one half of a description.</summary>
    public readonly bool IsDescribed => Declared.Origin.Source == DependencySource.Describes;
}
