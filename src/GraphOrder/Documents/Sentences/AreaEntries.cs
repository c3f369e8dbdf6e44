using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO33: what page tables map against what the areas of an IOAS say that they map.</summary>
internal static class AreaEntries
{
    private const string Again = "Unmap and map this range again in the old kernel, before the update.";
    private const string Stop =
        "Do not hand this domain over: detach its devices, and let the next kernel map anew.";

    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(HoleInArea, "an area that is not mapped",
            "{0} leaves {bytes} bytes of an area of {1} unmapped, first IOVA {iova}.",
            Again,
            "A device that uses the area faults there, in a mapping that its guest believes to be whole."),
        new(StrayMapping, "a mapping without an area",
            "{0} maps {bytes} bytes where its IOAS has no area, first IOVA {iova} to {physical}.",
            Stop,
            "Nobody who looks at the areas knows that the device reaches this memory, and nothing unmaps "
            + "it."),
        new(OffsetDiscontinuity, "the right memfd, the wrong page",
            "{0} maps {bytes} bytes of {1} at the wrong place, first IOVA {iova}: to {physical} instead of "
            + "{expected}.",
            Stop,
            "The guest and its device mean different memory: both corrupt the guest, and nothing reports "
            + "it."),
        new(WrongFile, "the memory of another memfd",
            "{0} maps {bytes} bytes of {1} where an area names another file, first IOVA {iova}: to "
            + "{physical} instead of {expected}.",
            Stop,
            "The device of one guest reads and writes the memory of another."),
        new(PermissionWider, "more than the area allows",
            "{0} lets a device do more with {1} than the area allows, in {bytes} bytes, first IOVA {iova} to "
            + "{physical}.",
            Again,
            "Memory that was to be read only is written. A format that cannot say 'write and not read' is "
            + "excepted."),
        new(PermissionNarrower, "less than the area allows",
            "{0} lets a device do less with {1} than the area allows, in {bytes} bytes, first IOVA {iova} to "
            + "{physical}.",
            Again,
            "Accesses that the guest takes for granted fault."),
        new(AliasWithinDomain, "two input addresses for one page",
            "{0} has two areas on {bytes} bytes of {1}, the second one from IOVA {iova} on.",
            "",
            "Legal: a file may be mapped twice. Worth knowing for who counts mapped bytes."),
        new(AliasAcrossDomains, "two domains on one memfd",
            "{0} maps {bytes} bytes of {1}, which another domain maps too, from IOVA {iova} on.",
            "",
            "Legal: memory may be shared. All of these domains must be gone before the memfd is."),
        new(LeafExceedsArea, "a leaf that reaches beyond its area",
            "{0} maps a leaf of {bytes} bytes at IOVA {iova} that is not wholly in the area of {1}.",
            Again,
            "Unmapping the area removes the whole leaf, and with it what its neighbours need."),
        new(AreaOverlap, "an area that cannot be",
            "An area of {0} on {1} at IOVA {iova} overlaps another one, or is not made of whole pages.",
            "Correct the areas in the set: no IOAS of the kernel has such.",
            "Areas of an IOAS never overlap, and begin and end on a page. One that overlaps is left out."),
        new(UnexpectedLeafSize, "smaller leaves than needed",
            "{0} maps {bytes} bytes of {1} in leaves smaller than {expected}, first IOVA {iova} to "
            + "{physical}.",
            "",
            "It works, and shows that the range was mapped in pieces or with large leaves switched off."),
    ];
}
