using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO4: what a kernel would refuse, or do to a guest, though the order is legal.</summary>
internal static class KernelEntries
{
    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(NoHandler, "a kind without a handler",
            "[The order is {order}; ]{kernel} itself answers {errno} to {act} the kind {kind}[, handed over "
            + "as '{compatible}'] ({fileCount} in this set).",
            "Leave these files out, or wait for a kernel that has the handler.",
            "A kernel preserves a file only where a handler accepts it. Linux 7.3.4 has one, for shmem "
            + "memfds (mm/memfd_luo.c). iommufd, vfio, guest_memfd and KVM follow their posted series. "
            + "A next kernel that does not know a compatible string of the hand-over gives out nothing of "
            + "it: every open answers EIO."),
        new(DuplicateInode, "one inode under two ids",
            "{0} and {1} are the same file, inode {inode}: Linux answers EBUSY to the second.",
            "Preserve it once and share it after the update by passing the descriptor.",
            "The kernel keeps one table of everything that is preserved, over all sessions. A memfd is "
            + "known by its inode, so a second descriptor of the same memfd is the same object "
            + "(luo_file.c)."),
        new(MemfdTooLarge, "a memfd that is too large",
            "{0} has {bytes} bytes: {kernel} answers {errno} to preserving a memfd of {limit} "
            + "bytes or more.",
            "Split it into memfds below that size.",
            "While a memfd is preserved, an array of 8 bytes a page is allocated, which passes the "
            + "kernel's INT_MAX at 1 TiB (ENOMEM); above 16 TiB the page count no longer fits (EFBIG)."),
        new(ComesBackReadOnly, "a memfd that comes back read-only",
            "{0} was made with MFD_NOEXEC_SEAL: it comes back sealed against writing, for good.",
            "Make it with MFD_EXEC, or with neither flag.",
            "Seen on Linux 7.3.4: the retrieved memfd has execute bits, so its EXEC seal brings SHRINK, "
            + "GROW, WRITE and FUTURE_WRITE with it. Writes, shared mappings and resizing answer EPERM."),
        new(TooManySessions, "more sessions than the kernel holds",
            "There are {count} sessions; {kernel} holds {limit} and answers ENOSPC to the next.",
            "Put several guests into one session.",
            "Sessions are handed over in pages of 51, in chains of at most 10,000 pages (kho_block.c)."),
        new(TooManyFiles, "more files in a session than the kernel holds",
            "{0} has {count} files; {kernel} holds {limit} in a session and answers ENOSPC to the "
            + "next.",
            "Split the session.",
            "Files are handed over in pages of 63, in chains of at most 10,000 pages (kho_block.c)."),
        new(TooManyFlbs, "more file-lifecycle-bound objects than the kernel holds",
            "There are {count} file-lifecycle-bound objects; {kernel} holds {limit}.",
            "Check the kinds: an flb stands for a handler's global state, of which there is one each.",
            "They are handed over in one page (luo_flb.c)."),
        new(BlockEdge, "a full last page of sessions",
            "{count} sessions fill the kernel's pages of {perBlock} exactly.",
            "Never try a name by creating it: a duplicate then hands over an empty page, and the next "
            + "kernel panics.",
            "Creating a session grows the chain of pages before the name is checked, and the page stays "
            + "after EEXIST. The next kernel refuses a page without entries at boot (luo_session.c, "
            + "kho_block.c; read, not run)."),
        new(NotEnoughMemory, "not enough free memory",
            "Preserving needs at least {needed} bytes, and the host has {free} free.",
            "Free memory, or preserve fewer or smaller memfds.",
            "Each memfd needs 8 bytes a 4 KiB page while it is preserved, and 16 bytes a folio until it "
            + "is retrieved; the least is with 2 MiB folios (mm/memfd_luo.c)."),
        new(SlowLists, "lists that the kernel searches one by one",
            "{what} are compared one by one: about {comparisons} comparisons until all are there.",
            "Use fewer of them where the time matters.",
            "Linux 7.3 keeps sessions and tokens in lists and walks them for each new one "
            + "(luo_session.c, luo_file.c)."),
        new(HolesFilled, "holes that preserving fills",
            "{0} has holes: preserving allocates {bytes} bytes for them.",
            "Keep that much memory free, or shrink the memfd first.",
            "Every page of a preserved memfd is pinned, so pages that were never written are allocated "
            + "and zeroed (mm/memfd_luo.c)."),
        new(UnknownKernel, "a kernel that is not known",
            "The set names the kernel '{kernel}', of which this version knows nothing.",
            "Known are: {known}. What follows is checked against {used}.",
            "A kernel profile holds the order rules, handlers and limits of one release."),
        new(MissingSeals, "a mapped memfd without seals",
            "{0} lacks the seals {missing}: from retrieve on it can be resized while {1} maps it.",
            "Seal it with seal, shrink and grow before it is mapped.",
            "The freeze of a preserved memfd ends with the old kernel: what is retrieved is a new file "
            + "that only its seals protect, whatever the finish order is. Seals still let holes be "
            + "punched."),
        new(SealsUnknown, "a mapped memfd of unknown seals",
            "The set does not say the seals of {0}, which {1} maps.",
            "Add 'seals' to it, as F_GET_SEALS tells them.",
            "Without seal, shrink and grow a retrieved memfd can be resized while a device writes into it."),
        new(OnlySeals, "a mapped memfd that only its seals protect",
            "From retrieve on only seals protect {*}[ and {moreCount} more]; they let holes be punched.",
            "Punch no holes and drop no pages until what maps them is finished.",
            "The freeze of a preserved memfd ends with the old kernel, and what comes back is an ordinary "
            + "file: seal, shrink and grow keep its size, but fallocate can still punch holes, whose pages "
            + "go to somebody else while a device writes to them. Only F_SEAL_WRITE or F_SEAL_FUTURE_WRITE "
            + "would refuse that (mm/shmem.c)."),
        new(NotPushed, "a file that the push gate would miss",
            "The push gate would not admit {0}, which needs {1}[ through {through}]: that is in session "
            + "{otherSession} and not in {session}.",
            "Put {1} and what maps it into one session.",
            "The gate admits an HWPT into a session only when every file of its IOAS was pushed to the same "
            + "session before. It looks nowhere else, so memory that two sessions share is refused."),
        new(ReleasedWhileMapped, "a memfd that is released while it is mapped",
            "{0} is finished before {1}, which maps it: a device may write to pages that are given away.",
            "Let the dependency of {1} on {0} bind in finish.",
            "An order may be legal because nobody declared that a device writes to a memfd until the object "
            + "that maps it is finished. What a dependency does not say in finish, no model can keep."),
    ];
}
