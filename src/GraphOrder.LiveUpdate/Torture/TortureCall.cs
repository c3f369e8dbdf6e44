namespace GraphOrder.LiveUpdate;

/// <summary>
/// A call of a random sequence. Descriptors are named by the call that made them, so that a sequence means
/// the
/// same in two processes whose numbers differ, and a shorter one still means something.
/// </summary>
/// <param name="Id">Its number in the sequence that it was made for.</param>
/// <param name="Kind">What it does.</param>
/// <param name="On">The call that made its descriptor; -1 for none: a number that is never open.</param>
/// <param name="Other">The same of a second one.</param>
/// <param name="Offset">See <see cref="TortureKind"/>, as for the rest.</param>
/// <param name="Bytes">A count of bytes, modes or seals.</param>
/// <param name="Pick">A path, a request or modes.</param>
/// <param name="Token">A token, a name or a pattern.</param>
internal readonly record struct TortureCall(
    int Id,
    TortureKind Kind,
    int On = -1,
    int Other = -1,
    long Offset = 0,
    long Bytes = 0,
    int Pick = 0,
    ulong Token = 0);
