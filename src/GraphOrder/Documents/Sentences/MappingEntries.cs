using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>
/// GO2205, GO2206, GO3106, GO32 and GO34: what page tables map against what a set preserves and declares.
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
        new(TableInsideMemfd, "a page of a table inside a memfd",
            "The page {physical} of the table of {0} lies in the memory of {1}: who writes to that memfd "
            + "writes the table.",
            "Do not hand either over: find out how one page came to be both.",
            "A guest that can edit the table of its own devices reaches all memory of the host."),
        new(OutputSpansRanges, "a leaf that leaves the memory of its owner",
            "{0} maps a leaf at IOVA {iova} that begins in the memory of {1} and leaves it at {expected}.",
            "Unmap the leaf, and map each part by itself.",
            "The kernel maps a larger leaf only where memory goes on: what lies behind belongs to somebody "
            + "else."),
        new(OutputInOtherSession, "memory of another session that no area maps",
            "{0} reaches {bytes} bytes of {1} of session {otherSession}, first IOVA {iova} to {physical}, "
            + "and no area of its IOAS maps that.",
            "Unmap it, or add the area that it belongs to.",
            "The other session may finish first, and its memory be given away while the device still "
            + "reaches it."),
        new(OutputIsMmioOrMsi, "a device reaches the memory of a device",
            "{0} maps {bytes} bytes of device memory, first IOVA {iova} to {physical}.",
            "Unmap peer-to-peer ranges before the update, and map them again after it.",
            "The next kernel may put the device elsewhere. Linux 7.3 lets only areas of files be preserved. "
            + "A warning where the area is a dma-buf, which may say so."),
        new(OutputBeyondFileSize, "more of a file than it has",
            "{0} maps {bytes} bytes behind the end of {1}, first IOVA {iova} to {physical}.",
            "Let the area end where the file does.",
            "The last folio of a file may be larger than the file: its tail is the device's to write and "
            + "nobody's to read."),
        new(OutputIsAnotherDomainsTable, "a device reaches a page of a table",
            "{0} lets a device reach the page {physical} of an I/O page table at IOVA {iova}.",
            "Do not hand this domain over: detach its devices.",
            "Who can write a table can reach all memory of the host."),
        new(FolioNotUptodate, "a part of a memfd without a folio",
            "{0} maps {bytes} bytes of {1} of which no folio is on record, first IOVA {iova} to {physical}.",
            "Take the folio records after the memfd has been preserved.",
            "Preserving a memfd fills its holes: a hole means that the record is older than that."),
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
        new(DomainWithoutMapping, "a domain that maps nothing",
            "{0} maps nothing.",
            "",
            "Legal: a domain exists from its first HWPT on, and its areas may come later."),
    ];
}
