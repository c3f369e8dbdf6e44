namespace GraphOrder;

/// <summary>What follows from a code alone.</summary>
public static class DiagnosticCodes
{
    /// <summary>The code as people write it: <c>GO</c> and four digits.</summary>
    public static string Text(this DiagnosticCode code) => $"GO{(int)code:D4}";

    /// <summary>
    /// Whether an error says that no order is legal, or that the one at hand is not; else an order may exist
    /// all the same, and a kernel, a limit or the document is what refuses.
    /// </summary>
    public static bool IsOfOrder(this DiagnosticCode code) =>
        code == DiagnosticCode.MissingEdge
        || ((int)code is >= 2000 and < 3000 or >= 5000 and < 6000
            && code is not (DiagnosticCode.CrossesSessions
                or DiagnosticCode.BlackoutTooLong
                or DiagnosticCode.BlackoutNotSaid
                or DiagnosticCode.CostsTooLarge));

    /// <summary>
    /// Whether a kernel would refuse a step, or nobody knows whether it would, so that the set is not
    /// <i>accepted</i> though an order may be <i>legal</i>.
    /// </summary>
    public static bool IsKernelRefusal(this DiagnosticCode code) => code
        is DiagnosticCode.NoHandler
        or DiagnosticCode.DuplicateInode
        or DiagnosticCode.MemfdTooLarge
        or DiagnosticCode.TooManySessions
        or DiagnosticCode.TooManyFiles
        or DiagnosticCode.TooManyFlbs
        or DiagnosticCode.NotEnoughMemory
        or DiagnosticCode.UnknownKernel
        or DiagnosticCode.LiveUpdateOff
        or DiagnosticCode.OtherKernelRuns
        or DiagnosticCode.SessionOpenAlready
        or DiagnosticCode.ImageMissing;
}
