namespace GraphOrder;

/// <summary>What a named order puts one after another.</summary>
internal enum OrderUnit : byte
{
    /// <summary>Sessions.</summary>
    Sessions,

    /// <summary>Files with all that they carry.</summary>
    Files,

    /// <summary>Objects, each by itself.</summary>
    Objects,
}

/// <summary>
/// One of the orders that a plan is made of; everything else follows from them. Two are equal when they are
/// the same order.
/// </summary>
/// <param name="Unit">What it puts one after another.</param>
/// <param name="Sessions">For sessions: which order of sessions it is.</param>
/// <param name="Phase">For files and objects: the phase whose own order it is.</param>
internal readonly record struct NamedOrder(OrderUnit Unit, SessionOrder Sessions, Phase Phase)
{
    public static NamedOrder Of(SessionOrder order) => new(OrderUnit.Sessions, order, default);

    public static NamedOrder OfFiles(Phase phase) => new(OrderUnit.Files, SessionOrder.Interleaved, phase);

    public static NamedOrder OfObjects(Phase phase) =>
        new(OrderUnit.Objects, SessionOrder.Interleaved, phase);
}
