using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>
/// GO30 and GO31: what is wrong with a page table, in its words and in its tree. Facts: <c>iova</c>,
/// <c>level</c>, <c>table</c>; <c>index</c> and <c>entry</c> where it is one word; <c>hardware</c> and
/// <c>kernel</c> where the two take the word for different things.
/// </summary>
internal static class PageTableEntries
{
    private const string Where = "[{0}: ]IOVA {iova}[, entry {index}], table {table} of level {level}: ";
    private const string Word = Where + "the word {entry} ";
    private const string Readings = "[; hardware takes it for {hardware}, Linux 7.3 for {kernel}].";
    private const string Rewrite = "Unmap and map this range again in the old kernel, before the update.";
    private const string Rebuild =
        "Do not hand this domain over: detach its devices, and let the next kernel map anew.";

    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(ReservedBitSet, "a reserved bit is set",
            Word + "sets a bit that the format reserves" + Readings, Rewrite,
            "Intel, AMD and RISC-V hardware faults on every access through such a word, and newer hardware "
            + "may give the bit a meaning. Arm ignores it, so there it is a warning."),
        new(AddressWiderThanPlatform, "an address wider than the platform",
            Word + "holds an address with more bits than the platform has" + Readings, Rebuild,
            "Hardware faults, or drops the upper bits and reaches foreign memory; Linux keeps them all. "
            + "The width is the one given by --physical-bits."),
        new(MisalignedSuperpage, "a large leaf that is not aligned",
            Word + "is a large leaf whose output address is no multiple of its size" + Readings, Rewrite,
            "Some hardware faults, some ignores the low bits and so reaches another page. Linux adds them, "
            + "so that the kernel and the device mean different memory."),
        new(LeafAtIllegalLevel, "a leaf where only tables may stand",
            Word + "is a leaf at a level that may hold only tables" + Readings, Rebuild,
            "Hardware faults. Linux follows the word as a table, and takes what lies in the page for "
            + "entries: restoring or freeing the domain then releases pages that were never its own."),
        new(TableEncodingAtLevel0, "a table word at level 0",
            Word + "is written as only a table can be, and no table is below level 0" + Readings, Rewrite,
            "Hardware faults on it. Linux does not look at the bits that make it a table, takes it for a "
            + "leaf, and would free the page that it names."),
        new(ReservedLeafEncoding, "an encoding that is reserved",
            Word + "has an encoding that the format keeps for the future" + Readings, Rewrite,
            "Arm: type 01 at level 0. RISC-V: write without read, memory type 3, a NAPOT size that does "
            + "not exist, or the N bit above level 0. Hardware faults; Linux may take it for a leaf."),
        new(GhostEntry, "not present and not zero",
            Word + "is not present for hardware, and yet not zero" + Readings, Rewrite,
            "The device sees nothing there. Linux asks some formats only whether the word is zero: then it "
            + "follows a stale pointer when it restores or frees the table. That is an error where Linux "
            + "takes it for a table (VT-d), else a warning."),
        new(NoPermissionLeaf, "a leaf that allows nothing",
            Word + "is a leaf, and with the tables above it allows neither reading nor writing"
            + Readings, Rewrite,
            "The translation is there and every access faults. It counts as unmapped here."),
        new(AccessFlagClear, "the access flag is clear",
            Word + "has a clear access flag, and hardware does not set it" + Readings, Rewrite,
            "Without hardware updates the first access through such a leaf faults. Checked where "
            + "--updates-access tells whether hardware sets the flag."),
        new(DirtyNotPreset, "the dirty flag is clear",
            Word + "allows writing, its dirty flag is clear, and hardware does not set it" + Readings,
            Rewrite,
            "Without hardware updates the first write through such a leaf faults. Checked where "
            + "--updates-dirty tells whether hardware sets the flag."),
        new(CoherencyAttributeMixed, "memory attributes that differ",
            Word + "has other memory attributes than the table's first leaf" + Readings,
            "Map the domain with the same caching everywhere.",
            "A device that is not coherent for some pages reads and writes around the processors' caches: "
            + "one of the two then sees stale lines."),
        new(EncryptionBitMismatch, "the encryption bit is wrong",
            Word + "has the encryption bit missing on memory or a table, or set on MMIO" + Readings, Rebuild,
            "The device reads ciphertext, or the walker of the IOMMU takes ciphertext for entries. Checked "
            + "where --encryption-bit names the bit; --mmio tells what is no memory."),
        new(PageSizeNotAdvertised, "a page size that hardware lacks",
            Word + "is a leaf of a size that the hardware does not have" + Readings,
            "Map the range again in sizes that both kernels' hardware has.",
            "Hardware without that size faults, and a domain of the next kernel with fewer sizes cannot "
            + "unmap the leaf. The sizes are those given by --page-sizes."),
        new(AmdDefault512G, "AMD's default page of 512 GiB",
            Word + "is a default page at level 3, 512 GiB, on which AMD hardware is known to fail" + Readings,
            Rewrite,
            "Linux never writes one; it leaves this size out for that reason. Where one stands, somebody "
            + "else wrote it, or the word is damaged."),
        new(AmdSizeCodeOutOfRange, "an AMD size code outside its level",
            Word + "has a size code that is none of its level's sizes" + Readings, Rewrite,
            "The trailing ones of the address tell the size of the page, and a level has only some sizes. "
            + "Hardware is free to fault. Linux computes the span without looking, and unmaps too much."),
        new(AmdReplicaMismatch, "an AMD group that does not agree",
            Word + "differs from the others of its group, which must all be the same" + Readings, Rewrite,
            "A page that is larger than its level's own is written once into each entry that it spans. "
            + "Where they differ, the translation hangs on which of them was read first. Each entry is read "
            + "by itself here."),
        new(GroupMisaligned, "a group that begins at a wrong entry",
            Word + "begins a group at an index that is no multiple of its count" + Readings, Rewrite,
            "The entries agree but stand shifted, so that each side of the boundary claims a page that "
            + "the other half does not hold."),
        new(NapotReplicaMismatch, "a RISC-V NAPOT group that does not agree",
            Word + "differs from the others of its NAPOT group, which must all be the same" + Readings,
            Rewrite,
            "The sixteen entries of a 64 KiB page are the same word. Where they differ, the translation "
            + "hangs on which of them was read first. Each entry is read by itself here."),
        new(ContiguousBitInconsistent, "Arm's contiguous bit is wrong",
            Word + "breaks a group that is marked contiguous" + Readings, Rewrite,
            "The contiguous bit promises that the group's addresses ascend and its attributes agree. Where "
            + "it is kept by some entries only, hardware may abort or use either translation."),
        new(NextLevelMismatch, "a table of another level than the next",
            Word + "says another next level than the one below" + Readings, Rebuild,
            "AMD v1 hardware jumps to the level that the word names, Linux always goes down by one: the two "
            + "read different trees. Linux never writes such a word. It is not followed here."),
        new(NonCanonicalOrBeyondWidth, "beyond the device's addresses",
            Word + "stands for addresses that no request can have" + Readings,
            "Give the true width as --input-bits, or unmap what lies beyond it.",
            "What stands beyond the width of the input address cannot be reached, or is reached from a "
            + "lower address. It is not followed here."),
        new(ReadOnlyUnderNestParent, "read-only where nested domains stand",
            Word + "is read-only in a domain on which nested domains stand" + Readings,
            "Map it writable, or do not nest on this domain.",
            "Intel erratum SPR17: hardware that sets access flags of a first stage writes through a "
            + "read-only second stage. Linux refuses such mappings for a nesting domain."),
        new(TableCycle, "a table that points to itself",
            Word + "points to its own table or to one above it" + Readings, Rebuild,
            "The levels end the walk, so neither hardware nor Linux hangs: but table words become leaves, "
            + "through which a device can rewrite its own table, and restoring takes one page twice, which "
            + "is a BUG. It is followed once here."),
        new(TableShared, "a table that two entries point to",
            Word + "points to a table that another entry points to already" + Readings, Rebuild,
            "Restoring a preserved page clears its mark, so restoring it a second time is a BUG in the next "
            + "kernel; later it would be freed twice. The table is walked for the first entry only."),
        new(TableReachableByDma, "a table that the device can write",
            "[{0}: ]IOVA {iova} translates to {table}, which is a page of this table itself.",
            Rebuild,
            "A device that can reach a page of its own table can give itself all of memory. Linux never "
            + "maps table pages: either the entry is damaged or the table was freed and used again."),
        new(TableOutsideImage, "a table that the image lacks",
            Where + "[the word {entry} points to ]a table that the image does not have whole.",
            "Take an image that holds all table pages; for a raw image check --base.",
            "The pointer leaves memory, the image is cut short or shrank while it was read, or the dump "
            + "filtered out the page. Nothing below it was checked."),
        new(TableNotPreserved, "a table that is not preserved",
            Where + "[the word {entry} points to ]a table page that is not in preserved memory.",
            "Preserve the domain's table pages, or tell all of --preserved.",
            "The next kernel hands out memory that nobody preserved, while hardware still walks the page; "
            + "restoring a page that was not preserved is a BUG."),
        new(TableOrLeafInScratch, "in memory that the next kernel boots in",
            "[{0}: ]IOVA {iova}[, entry {index}], at {table}: [the word {entry} points to ]memory that the "
            + "next kernel boots in.",
            Rebuild,
            "The next kernel boots in the scratch areas and overwrites them, so nothing that lives on may "
            + "lie there. The areas are those given by --scratch."),
        new(EmptyTable, "a table without entries",
            Where + "every word is zero.",
            "",
            "Linux keeps a table whose range was unmapped in pieces. It wastes a page and nothing else."),
        new(TopLevelMismatch, "the root has another level",
            "[{0}: ]The root {table} is said to have level {level}, and hardware is given another.",
            "Take the level from the context, PASID or device-table entry: --rtaddr or --amd-device-table.",
            "A tree that is read one level off is nonsense from its first word on, so it was not walked."),
        new(RootMisaligned, "the root is not aligned",
            "[{0}: ]The root {table} is not aligned to its size, or lies beyond the addresses of the format.",
            "Check the address; a root of several tables is aligned to all of them.",
            "The hardware register has no room for the low bits, so hardware would walk another page. It "
            + "was not walked."),
        new(SameTableAtTwoLevels, "one page is a table of two levels",
            Word + "points to a page that is a table of another level already" + Readings, Rebuild,
            "One of the two readings is nonsense, and the page would be restored and freed twice. It is "
            + "walked for the level where it was met first."),
        new(CouldBeSuperpage, "a table that one leaf could replace",
            Where + "all leaves form one run that a single larger leaf could map.",
            "",
            "It works, and costs memory and time: 256 GiB in 4 KiB leaves take 513 MiB of tables, in 2 MiB "
            + "leaves 1 MiB."),
    ];
}
