namespace GraphOrder;

/// <summary>The orders that a plan is made of; everything else follows from them.</summary>
internal enum NamedOrder : byte
{
    /// <summary>In which files are preserved, over all sessions, since the calls interleave.</summary>
    Files,

    /// <summary>In which files are retrieved, over all sessions.</summary>
    Retrieve,

    /// <summary>In which sessions are created.</summary>
    Create,

    /// <summary>In which outgoing sessions are closed.</summary>
    Close,

    /// <summary>In which sessions are finished.</summary>
    Finish,
}
