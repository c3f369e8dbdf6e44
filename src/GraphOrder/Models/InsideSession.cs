namespace GraphOrder;

/// <summary>How a phase orders the steps inside one session.</summary>
public enum InsideSession : byte
{
    /// <summary>In an order of our choice.</summary>
    Chosen,

    /// <summary>In preserve order.</summary>
    PreserveForward,

    /// <summary>In reverse preserve order.</summary>
    PreserveBackward,

    /// <summary>At once: order inside does not matter.</summary>
    Together,
}
