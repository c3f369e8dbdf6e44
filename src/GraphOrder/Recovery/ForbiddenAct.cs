namespace GraphOrder;

/// <summary>What would lose something if it were done now. Immutable.</summary>
/// <param name="Kind">What must not be done.</param>
/// <param name="Session">The session that it is about; null for a kexec.</param>
/// <param name="Process">The process that must not exit, where known.</param>
/// <param name="Because">The dependency that would be violated, where that is the reason.</param>
/// <param name="File">The file that would be discarded, where that is the reason.</param>
public sealed record ForbiddenAct(
    ForbiddenKind Kind,
    SessionId? Session,
    int? Process = null,
    UnmetDependency? Because = null,
    ObjectId? File = null);

/// <summary>What must not be done now.</summary>
public enum ForbiddenKind : byte
{
    /// <summary>The process that holds a session must not exit: closing the session finishes it.</summary>
    Exit,

    /// <summary>The next kexec: what is not finished is not handed on.</summary>
    Kexec,

    /// <summary>The session must not be finished.</summary>
    Finish,

    /// <summary>Old kernel: the session must not be closed.</summary>
    Close,

    /// <summary>
    /// Old kernel: the process that holds a session must not exit: closing the session unpreserves its
    /// files.
    /// </summary>
    ExitOldKernel,
}
