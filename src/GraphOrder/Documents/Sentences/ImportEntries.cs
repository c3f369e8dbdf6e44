using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>
/// GO7: what is wrong with something that is imported. Facts of a hand-over: <c>what</c> a part is, the
/// physical address where it lies, and the <c>rule</c> that it breaks.
/// </summary>
internal static class ImportEntries
{
    private const string Again = "Take the image again, before the next kernel takes the hand-over.";
    private const string DoNotBoot =
        "Do not go on with this hand-over: close the sessions, or boot without it.";

    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(HandOverNotNamed, "where the hand-over begins is not known",
            "The image does not say where its hand-over begins.",
            "Give --fdt ADDRESS, or --setup-data ADDRESS.",
            "A page list KHOPAGES carries the address of the device tree of the hand-over. A core or a raw "
            + "image does not: --setup-data takes the address of the kernel's list of setup data (x86, "
            + "hdr.setup_data in the boot parameters), --fdt that of the tree itself (arm64: "
            + "linux,kho-fdt in /chosen)."),
        new(HandOverOutsideImage, "a part of the hand-over is not in the image",
            "{what} at {physical} is not in the image.",
            "Take an image with all memory, or check the address.",
            "Every part of a hand-over is named by its physical address. Where the image was filtered, "
            + "made with another base, or the word that holds the address is damaged, nothing is there."),
        new(HandOverVersionUnknown, "another version than the one that is read here",
            "{what} at {physical} is '{found}', and '{known}' is what is read here.", Again,
            "Each part has a compatible string or a version and no other mark. Linux 7.3 writes kho-v4, "
            + "luo-v5 and memfd-v2. A kernel that meets another one gives up live update, and may panic. "
            + "In a kernel that already took its hand-over the LUO page is freed: then anything may stand "
            + "there."),
        new(HandOverPageUsedTwice, "one page, two parts",
            "{what} at {physical} lies where {other} is.", DoNotBoot,
            "A chain of blocks that returns to itself, two records in one page, or one page in two files: "
            + "the kernel would loop, read one part as the other, or give memory of one file to another."),
        new(HandOverContradicts, "a part that contradicts itself",
            "{what} at {physical}: {rule}.", DoNotBoot,
            "The hand-over has no checksum. Linux refuses some contradictions (a count of 0, a count that "
            + "does not add up), panics at some, and takes others without a word: then pages come back as "
            + "zeros. Each is an error here."),
        new(HandOverNotPreserved, "a part in memory that is not preserved",
            "{what} at {physical} is not in the memory that is preserved.", DoNotBoot,
            "The next kernel keeps only what stands in the tree of preserved memory and hands all else to "
            + "its allocator. A file with such a page fails to be retrieved (EIO), for good."),
        new(PreservedMapUnread, "the record of preserved memory cannot be read",
            "What memory is preserved cannot be read ({what} at {physical}: {rule}), so sizes of folios are "
            + "taken from their places in the file.",
            "Take the image before the next kernel boots, where all of it is needed.",
            "The pages of that tree are not preserved themselves, so the next kernel may use them for "
            + "something else. Everything else of the hand-over was read and checked."),
        new(ImportUnexpected, "something else than the format has there",
            "[{cut} ends too early, so it was cut off: {expected} is due."
            + "|Here is {found}, and {expected} is due.]",
            "[{hint}.|Check the file, and what wrote it.]",
            "Nothing is guessed: what is imported must be what its format says."),
        new(ImportFoundNothing, "nothing that would be preserved",
            "{what} holds nothing that a live update would have to preserve.",
            "[{hint}. ]If something should be there, name another source, or look as root.",
            "The set that was made is valid and has no object. A hand-over names its sessions only from the "
            + "reboot call on; an image taken before it holds none."),
        new(ImportNotSeen, "things that could not be seen",
            "Not everything could be seen: {first}[, and {more} more].",
            "Look at x-notSeen in the set, and add what matters.",
            "An importer writes what it sees, marks what it concludes with x-inferred, and lists what it "
            + "cannot see under x-notSeen. A plan knows nothing of the latter."),
    ];
}
