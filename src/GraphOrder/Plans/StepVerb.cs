namespace GraphOrder;

/// <summary>What the caller does in one step of the run.</summary>
public enum StepVerb : byte
{
    /// <summary>Creates a session in the old kernel.</summary>
    Create,

    /// <summary>Preserves a file or an object in it.</summary>
    Preserve,

    /// <summary>Jumps.</summary>
    Kexec,

    /// <summary>Retrieves a session in the new kernel: opens the incoming session.</summary>
    RetrieveSession,

    /// <summary>Retrieves what the step names.</summary>
    Retrieve,

    /// <summary>Finishes what the step names.</summary>
    Finish,

    /// <summary>Does something of the user's own.</summary>
    Act,
}
