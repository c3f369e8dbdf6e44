namespace GraphOrder.LiveUpdate;

/// <summary>
/// What a journal knows of one act: that it was begun, and how it ended where that is known. Immutable.
/// </summary>
/// <param name="Step">The step's number in the plan; 0 for the journal's own session.</param>
/// <param name="Verb">What was done.</param>
/// <param name="Session">The session's name; null where there is none.</param>
/// <param name="ObjectName">The object's id; null where there is none.</param>
/// <param name="BeganMicroseconds">When, since 1970.</param>
/// <param name="Kernel">Which of the journal's kernels it was asked of, from 0 up.</param>
public sealed record StepRecord(
    int Step, StepVerb Verb, string? Session, string? ObjectName, long BeganMicroseconds, int Kernel)
{
    /// <summary>Whether it is known how it ended.</summary>
    public bool IsEnded { get; init; }

    /// <summary>How long it took; 0 where that is not known.</summary>
    public long Microseconds { get; init; }

    /// <summary>Why the kernel refused it.</summary>
    public Errno Error { get; init; }

    /// <summary>Why it failed where no error number tells.</summary>
    public string? Why { get; init; }

    /// <summary>Whether it was done.</summary>
    public bool IsDone => IsEnded && Error == Errno.None && Why is null;

    /// <summary>Whether it is known to have failed.</summary>
    public bool IsFailed => IsEnded && !IsDone;
}
