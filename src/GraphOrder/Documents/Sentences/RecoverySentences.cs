namespace GraphOrder;

/// <summary>Makes the sentences of a recovery from its facts. Thread-safe.</summary>
public static class RecoverySentences
{
    /// <summary>The word that documents use for an act that must not be done.</summary>
    public static string Act(ForbiddenKind kind) => kind switch
    {
        ForbiddenKind.Kexec => "kexec",
        ForbiddenKind.Finish => "finish",
        ForbiddenKind.Close => "close",
        _ => "exit",
    };

    /// <summary>Why an act must not be done: the end of a sentence that begins with the act.</summary>
    public static string Because(SessionSet set, ForbiddenAct act)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(act);
        string session = act.Session is { } own ? set.NameOf(own) : "";
        return act.Kind switch
        {
            ForbiddenKind.Exit => $"holds session {session}; closing it finishes it",
            ForbiddenKind.ExitOldKernel => $"holds session {session}; closing it unpreserves its files",
            ForbiddenKind.Kexec => "sessions that are not finished are not handed on",
            ForbiddenKind.Finish when act.Because is null =>
                $"{set.NameOf(act.File!.Value)} is not retrieved and would be discarded",
            _ => $"{set.NameOf(act.Because!.Dependent)} still needs {set.NameOf(act.Because.On)}",
        };
    }
}
