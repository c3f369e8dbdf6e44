using System.Collections.Concurrent;
using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>
/// What a set says of its memfds' memory: in file order for each, and together as a map of owners. Each is
/// made when it is first asked for, once; a layout that was read from a file is kept until the last domain
/// that maps it has been walked. Thread-safe.
/// </summary>
internal sealed class SetMemory
{
    private readonly SessionSet _set;
    private readonly string _folder;
    private readonly CancellationToken _cancellation;
    private readonly ConcurrentDictionary<int, Lazy<KnownLayout>> _layouts = [];
    private readonly ConcurrentDictionary<int, ulong?> _tables = [];
    private readonly ConcurrentDictionary<int, int> _users = [];
    private readonly Lazy<KnownOwners> _owners;

    /// <summary>Reads nothing yet.</summary>
    /// <param name="set">The set.</param>
    /// <param name="folder">The folder that the set's paths are relative to.</param>
    /// <param name="cancellation">Cancels the reading of records.</param>
    public SetMemory(SessionSet set, string folder, CancellationToken cancellation)
    {
        _set = set;
        _folder = folder;
        _cancellation = cancellation;
        _owners = new(MakeOwners);
    }

    /// <summary>The owners of all frames.</summary>
    public KnownOwners Owners => _owners.Value;

    /// <summary>The pages of the tables of all domains; known before a layout is asked for.</summary>
    public PhysicalRangeSet Tables { get; set; } = new();

    /// <summary>
    /// Memfds whose memory holds a page of a table, with the first such page, in document order.
    /// </summary>
    public IEnumerable<(ObjectId Memfd, ulong Page)> TablesInMemfds() => _tables
        .Where(static found => found.Value is not null)
        .OrderBy(static found => found.Key)
        .Select(static found => (new ObjectId(found.Key), found.Value!.Value));

    /// <summary>
    /// What is wrong with what memfds say, where that is told in the set itself and so costs nothing to ask.
    /// </summary>
    public string? PlainFlaw()
    {
        foreach (PreservedObject found in _set.Objects)
        {
            if (HasMemory(found.Kind) && found.Facts.Folios is not null)
            {
                return null;
            }
        }

        return Owners.Flaw;
    }

    /// <summary>Where a memfd lies.</summary>
    public KnownLayout LayoutOf(ObjectId memfd) =>
        _layouts.GetOrAdd(memfd.Index, static (index, self) => new(() => self.Read(index)), this).Value;

    /// <summary>Says that a domain will ask for a layout.</summary>
    public void WillUse(ObjectId memfd) => _users.AddOrUpdate(memfd.Index, 1, static (_, users) => users + 1);

    /// <summary>Says that one domain has asked enough: after the last of them the layout is let go.</summary>
    public void HasUsed(ObjectId memfd)
    {
        if (_users.AddOrUpdate(memfd.Index, 0, static (_, users) => users - 1) <= 0)
        {
            _layouts.TryRemove(memfd.Index, out _);
        }
    }

    /// <summary>Looks through the memfds that nobody has asked for.</summary>
    /// <returns>What is wrong with one of them, in a few words; null where nothing is.</returns>
    public string? ReadRest()
    {
        for (int i = 0; i < _set.Objects.Length; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (HasMemory(_set.Objects[i].Kind) && !_tables.ContainsKey(i) && Read(i).Flaw is { } flaw)
            {
                return flaw;
            }
        }

        return null;
    }

    private static bool HasMemory(ObjectKind kind) =>
        kind == ObjectKind.Memfd || kind == ObjectKind.MemfdHugetlb || kind == ObjectKind.GuestMemfd;

    private KnownLayout Read(int memfd)
    {
        ObjectFacts facts = _set.Objects[memfd].Facts;
        string? flaw;
        MemfdLayout? layout;
        if (facts.Folios is not { } folios)
        {
            layout = MemfdLayout.Of(facts.Extents, out flaw);
        }
        else if (facts.Bytes is not { } bytes)
        {
            (layout, flaw) = (null, "its folio records need its size to end");
        }
        else
        {
            layout = ReadFolios(Path.Combine(_folder, folios), bytes, out flaw);
        }

        _tables.TryAdd(memfd, layout?.FirstIn(Tables));
        return new(layout, flaw is null ? null : $"{_set.NameOf(new ObjectId(memfd))}: {flaw}");
    }

    private MemfdLayout? ReadFolios(string path, long bytes, out string? flaw)
    {
        try
        {
            FolioRecords? records = FolioRecords.Read(path, bytes, out flaw, _cancellation);
            return records is null ? null : MemfdLayout.Of(records);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            flaw = "its folio records cannot be read";
            return null;
        }
    }

    private KnownOwners MakeOwners()
    {
        OwnerMapBuilder builder = new();
        int unknown = 0;
        for (int i = 0; i < _set.Objects.Length; i++)
        {
            if (!HasMemory(_set.Objects[i].Kind))
            {
                continue;
            }

            KnownLayout known = _layouts.TryGetValue(i, out Lazy<KnownLayout>? read) ? read.Value : Read(i);
            if (known.Layout is not { } layout)
            {
                return new(OwnerMap.Empty, 0, known.Flaw);
            }

            ObjectId memfd = new(i);
            unknown += layout.IsEmpty && _set.Objects[i].Facts.Bytes != 0 ? 1 : 0;
            if (!layout.IsEmpty && !builder.TryBegin(memfd))
            {
                return new(
                    OwnerMap.Empty, 0, $"more than {OwnerMapBuilder.MemfdMax} memfds say where they lie");
            }

            if (!layout.TryClaim(builder, out OwnerFlaw flaw))
            {
                return new(OwnerMap.Empty, 0, Words(flaw, memfd));
            }
        }

        return new(builder.Build(), unknown, null);
    }

    private string Words(in OwnerFlaw flaw, ObjectId memfd) => flaw.Other is { } other
        ? $"{_set.NameOf(other)} and {_set.NameOf(memfd)} claim the same memory at 0x{flaw.Physical:x}"
        : $"{_set.NameOf(memfd)}: its memory at 0x{flaw.Physical:x} lies more than 64 TiB from that of "
            + "others";
}
