using System.Collections.Immutable;

namespace GraphOrder.Mappings;

/// <summary>The owner map of a set, made from extents and folio records.</summary>
/// <param name="Map">The map; what could not be had is left out.</param>
/// <param name="UnknownCount">How many memfds do not say where they lie.</param>
/// <param name="Flaw">What is wrong with what a memfd says, in a few words; null where nothing is.</param>
internal sealed record SetOwners(OwnerMap Map, int UnknownCount, string? Flaw)
{
    /// <summary>Reads the set and the records that it names.</summary>
    /// <param name="set">The set.</param>
    /// <param name="folder">The folder that the set's paths are relative to.</param>
    /// <param name="cancellation">Cancels the reading of records.</param>
    public static SetOwners Of(SessionSet set, string folder, CancellationToken cancellation)
    {
        List<OwnedExtent> extents = [];
        int unknown = 0;
        string? flaw = null;
        for (int i = 0; i < set.Objects.Length; i++)
        {
            ObjectKind kind = set.Objects[i].Kind;
            if (kind != ObjectKind.Memfd && kind != ObjectKind.MemfdHugetlb && kind != ObjectKind.GuestMemfd)
            {
                continue;
            }

            ObjectFacts facts = set.Objects[i].Facts;
            int known = extents.Count;
            string? own = facts.Folios is { } folios
                ? AddFolios(Path.Combine(folder, folios), new ObjectId(i), facts, extents, cancellation)
                : Add(facts.Extents, new ObjectId(i), extents);
            flaw ??= own is null ? null : $"{set.NameOf(new ObjectId(i))}: {own}";
            unknown += extents.Count == known && facts.Bytes != 0 ? 1 : 0;
        }

        OwnerMap map = new([.. extents], unknown == 0, out (OwnedExtent First, OwnedExtent Second)? overlap);
        flaw ??= overlap is not { } both ? null
            : $"{set.NameOf(both.First.Memfd)} and {set.NameOf(both.Second.Memfd)} claim the same memory "
                + $"at 0x{both.Second.First:x}";
        return new SetOwners(map, unknown, flaw);
    }

    private static string? AddFolios(
        string path,
        ObjectId memfd,
        ObjectFacts facts,
        List<OwnedExtent> extents,
        CancellationToken cancellation)
    {
        try
        {
            return facts.Bytes is { } bytes
                ? FolioRecords.Read(path, memfd, bytes, extents, cancellation)
                : "its folio records need its size to end";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "its folio records cannot be read";
        }
    }

    private static string? Add(
        ImmutableArray<FileExtent> told, ObjectId memfd, List<OwnedExtent> extents)
    {
        foreach (FileExtent extent in told)
        {
            if (extent.Bytes <= 0 || (ulong)extent.Bytes - 1 > ulong.MaxValue - extent.Physical)
            {
                return $"its extent at 0x{extent.Physical:x} ends nowhere";
            }

            ulong last = extent.Physical + ((ulong)extent.Bytes - 1);
            extents.Add(new OwnedExtent(extent.Physical, last, memfd, extent.Offset));
        }

        return null;
    }
}
