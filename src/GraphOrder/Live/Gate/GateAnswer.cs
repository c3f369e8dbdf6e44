namespace GraphOrder;

/// <summary>What a <see cref="SessionGate"/> answers; all but <see cref="Done"/> change nothing.</summary>
public enum GateAnswer : byte
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was done before.</summary>
    Already,

    /// <summary>Files of the IOAS are not in the session.</summary>
    MissingFiles,

    /// <summary>The file or HWPT is in another session.</summary>
    OtherSession,

    /// <summary>The HWPT was not admitted.</summary>
    NotAdmitted,

    /// <summary>The session is finished.</summary>
    Finished,
}
