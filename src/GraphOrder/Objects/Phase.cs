namespace GraphOrder;

/// <summary>
/// The six phases of a live update (kernel/liveupdate/luo_file.c), in the order of the contract.
/// </summary>
public enum Phase : byte
{
    /// <summary>Old kernel: a file is put into a session.</summary>
    Preserve,

    /// <summary>Old kernel, inside the reboot call: last act before the jump.</summary>
    Freeze,

    /// <summary>Old kernel: a freeze is taken back because a later one failed.</summary>
    Unfreeze,

    /// <summary>Old kernel: the update is called off and the session's descriptor closed.</summary>
    Unpreserve,

    /// <summary>New kernel: a file is made again from what was handed over.</summary>
    Retrieve,

    /// <summary>New kernel: the live update lets go of a file for good.</summary>
    Finish,
}

/// <summary>What is the same for every set about a phase.</summary>
public static class Phases
{
    /// <summary>How many phases there are.</summary>
    public const int Count = 6;

    private static readonly Phase[] AllPhases =
        [Phase.Preserve, Phase.Freeze, Phase.Unfreeze, Phase.Unpreserve, Phase.Retrieve, Phase.Finish];

    private static readonly string[] Names =
        ["preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish"];

    /// <summary>All phases in their order.</summary>
    public static ReadOnlySpan<Phase> All => AllPhases;

    /// <summary>
    /// Whether the needed object goes first (preserve, freeze, retrieve); else the needing one does
    /// (unfreeze, unpreserve, finish).
    /// </summary>
    public static bool NeededGoesFirst(this Phase phase) =>
        phase is Phase.Preserve or Phase.Freeze or Phase.Retrieve;

    /// <summary>Whether the phase runs in the new kernel (retrieve, finish).</summary>
    public static bool IsInNewKernel(this Phase phase) => phase is Phase.Retrieve or Phase.Finish;

    /// <summary>The name that documents use, in lower case.</summary>
    public static string Name(this Phase phase) => Names[(int)phase];

    /// <summary>Reads a name that <see cref="Name"/> gives.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out Phase phase)
    {
        foreach (Phase candidate in AllPhases)
        {
            if (name.SequenceEqual(candidate.Name()))
            {
                phase = candidate;
                return true;
            }
        }

        phase = default;
        return false;
    }
}
