using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>
/// GO2205, GO2206, GO32 and GO34: what page tables map against what a set preserves and declares.
/// </summary>
internal static class MappingEntries
{
    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(OwnerUnknown, "mapped memory of an unknown owner",
            "{0} maps {bytes} bytes whose owner is not known, first IOVA {iova} to {physical}: {count} of "
            + "the memfds do not say where they lie.",
            "Give every memfd 'extents' or 'folios'.",
            "What a domain maps of a memfd can be told only where the set says where that memfd lies."),
        new(TornRead, "what was read may be torn",
            "What was read of {image} may be torn, so that a fault may be none: {reason}.",
            "Walk again, or take an image of a machine that stands still.",
            "What looks sound may not be, either. Tables above level 0 are read twice and compared; those of "
            + "level 0 are read once, so that a word of theirs that changes shows in the file's time of "
            + "change alone. /proc/kcore changes all the time."),
        new(OutputNotPreserved, "a device reaches memory that is not preserved",
            "{0} maps {bytes} bytes that belong to no memfd of the set, first IOVA {iova} to {physical}.",
            "Preserve what is mapped there, unmap it, or name the range in 'platform.preserved'.",
            "The next kernel gives memory that nobody preserved to whoever asks, while the device still "
            + "reaches it. Known only where every memfd says its extents."),
        new(MissingEdge, "mapped and not declared",
            "{1} would be released while a device can {verb} it: {0} maps it at IOVA {iova}, and nothing "
            + "declares that.",
            "Declare that {0} needs {1}, or plan with --accept-derived.",
            "Declared means: a finish path runs from the domain, or from an HWPT that needs it, to the "
            + "memfd. What is mapped binds in all phases but unfreeze whether it is declared or not."),
        new(ExtraEdge, "declared and not mapped",
            "{0} is declared to need {1}, and its page table does not map it.",
            "Remove the dependency, or find out why the mapping is gone.",
            "It binds all the same, and may make an order longer or impossible without need."),
        new(EdgeCrossesSession, "a domain maps a memfd of another session",
            "{0} maps {1} of session {otherSession} at IOVA {iova}, so {session} must finish before it.",
            "",
            "Sessions are finished one at a time and each as a whole."),
    ];
}
