namespace GraphOrder;

/// <summary>
/// Why a description of phases is no lifecycle model: it leaves something open, or one dependency would
/// constrain two orders by an "or".
/// </summary>
public enum ModelFlaw : byte
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Preserve calls are the caller's own and interleave: their order is chosen.</summary>
    PreserveNotChosen,

    /// <summary>Objects that move by themselves move freely; only files and sessions wait in rows.</summary>
    ObjectsNotFree,

    /// <summary>Files move one after another; what moves together is a session or everything.</summary>
    FilesTogether,

    /// <summary>Sessions that move as one move one after another, in an order that has a name.</summary>
    SessionsWithoutOrder,

    /// <summary>What moves as one has no order inside.</summary>
    OrderInsideOneStep,

    /// <summary>The phase takes files in preserve order, and preserve takes no files.</summary>
    NoPreserveOrder,
}
