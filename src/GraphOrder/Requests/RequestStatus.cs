namespace GraphOrder;

/// <summary>What became of a request: the tool's exit codes.</summary>
public enum RequestStatus
{
    /// <summary>Done and legal.</summary>
    Done = 0,

    /// <summary>Understood, and the answer is no: the document says why.</summary>
    Refused = 1,

    /// <summary>The request is wrong: an unknown member, name or value.</summary>
    Wrong = 2,

    /// <summary>A document is malformed, or the request is no JSON.</summary>
    Malformed = 4,

    /// <summary>A rule of the program itself is broken.</summary>
    Internal = 70,

    /// <summary>Cancelled before there was an answer.</summary>
    Cancelled = 130,
}
