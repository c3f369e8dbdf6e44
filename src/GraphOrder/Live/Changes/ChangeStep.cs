namespace GraphOrder;

/// <summary>What a step of a change does to a row.</summary>
internal enum ChangeAct : byte
{
    AddSession,
    RemoveSession,
    AddObject,
    RemoveObject,
    AddDependency,
    RemoveDependency,
    AddArea,
    RemoveArea,
    Create,
    Preserve,

    /// <summary>What the kernel created before it leaves; its own place has to be said anew.</summary>
    MoveUp,
}

/// <summary>A step of a change.</summary>
/// <param name="Act">What it does.</param>
/// <param name="Row">To which session, object or dependency; of an area, the IOAS.</param>
/// <param name="Area">The area.</param>
internal readonly record struct ChangeStep(ChangeAct Act, int Row, LiveArea Area = default);
