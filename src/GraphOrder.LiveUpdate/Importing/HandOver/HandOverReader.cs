namespace GraphOrder.LiveUpdate;

/// <summary>
/// Reads a hand-over of LUO (include/linux/kho/abi/luo.h, <c>luo-v5</c>) from its device tree to its
/// sessions, files and file-lifecycle-bound objects. Whatever the image says, it ends in time and memory that
/// grow with the image: each page of a record is read once. Not thread-safe.
/// </summary>
internal sealed class HandOverReader
{
    private const int RootBytes = 32;
    private const int MetadataBytes = 73;
    private const int SessionBytes = 80;
    private const int FileBytes = 64;
    private const int NameBytes = 64;
    private const int CompatibleBytes = 48;
    private const int FlbMax = 63;
    private const int FlbHeaderBytes = 16;

    private readonly HandOverMemory _memory;
    private readonly CancellationToken _cancellation;
    private readonly PageClaims _claims = new();
    private readonly ImportedSet _set = new("luo-memory");
    private PreservedMap? _map;
    private ulong _fileCount;

    private HandOverReader(HandOverMemory memory, CancellationToken cancellation)
    {
        _memory = memory;
        _cancellation = cancellation;
    }

    /// <summary>Reads the hand-over.</summary>
    /// <exception cref="ImportException">It is not sound.</exception>
    public static ImportedSet Read(
        HandOverMemory memory, HandOverRoot root, ulong? word, CancellationToken cancellation)
    {
        HandOverReader reader = new(memory, cancellation);
        reader.Read(root, word);
        return reader._set;
    }

    private void Read(HandOverRoot root, ulong? word)
    {
        HandOverTree tree = HandOverTree.Read(_memory, root, word, out List<PhysicalRange>? scratch);
        _set.Scratch = scratch;
        _set.Empty = (
            "The hand-over",
            "LUO writes its sessions during the reboot call: take the image after it, before the next kernel "
            + "reads them");
        ReadMap(tree);
        Claim(tree.Physical, "The device tree");
        _set.Extras.Add(new("x-deviceTree", Hex(tree.Physical)));
        ReadMetadata(tree);
        string[] others = [.. tree.OtherNodes];
        if (others.Length > 0)
        {
            _set.Extras.Add(new("x-otherNodes", [.. others]));
        }

        const string what = "The root of LUO";
        ulong physical = tree.Blob("/LUO", RootBytes);
        byte[] page = new byte[HandOverMemory.PageBytes];
        ReadPage(physical, page, what);
        HandOverText.DemandCompatible(page.AsSpan(0, 8), "luo-v5"u8, what, physical);
        _set.Extras.Add(new("x-liveUpdateNumber", Hex(HandOverMemory.Word(page, 8))));
        ReadSessions(HandOverMemory.Word(page, 16));
        ReadFlbs(HandOverMemory.Word(page, 24));
        _claims.DemandDisjoint();
    }

    // The next kernel may use the pages of the tree; everything else is still there then.
    private void ReadMap(HandOverTree tree)
    {
        try
        {
            _map = PreservedMap.Read(_memory, tree.PreservedMap);
        }
        catch (ImportException error)
        {
            string rule = error.Diagnostic.Fact("rule");
            _set.NotSeen.Add("which memory is preserved");
            _set.Remark(new(DiagnosticCode.PreservedMapUnread, DiagnosticSeverity.Warning)
            {
                Facts =
                [
                    new("what", error.Diagnostic.Fact("what")),
                    new("physical", error.Diagnostic.Fact("physical")),
                    new("rule", rule.Length > 0 ? rule : "it is not in the image"),
                ],
            });
            return;
        }

        _set.Preserved = _map.Ranges;
        if (_map.Ranges is null)
        {
            _set.NotSeen.Add("the ranges of preserved memory, which are too many to list");
        }

        foreach (ulong page in _map.Pages)
        {
            _claims.Add(page, "A node of the tree of preserved memory");
        }
    }

    private void ReadMetadata(HandOverTree tree)
    {
        const string what = "The metadata of kexec";
        byte[] page = new byte[HandOverMemory.PageBytes];
        ulong physical = tree.Has("/kexec-metadata") ? tree.Blob("/kexec-metadata", MetadataBytes) : 0;
        if (physical == 0 || !_memory.TryRead(physical, page))
        {
            _set.NotSeen.Add("the release of the kernel that hands over");
            return;
        }

        ReadPage(physical, page, what);
        uint version = HandOverMemory.HalfWord(page, 0);
        if (version != 1)
        {
            throw ImportException.Part(
                DiagnosticCode.HandOverVersionUnknown, what, physical,
                new("found", $"version {version}"), new("known", "version 1"));
        }

        _set.Extras.Add(new("x-previousRelease", HandOverText.Read(page.AsSpan(4, 65), what, physical)));
        _set.Extras.Add(new("x-kexecCount", HandOverMemory.HalfWord(page, 69)));
    }

    private void ReadSessions(ulong first)
    {
        const string what = "A block of sessions";
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((ulong physical, ReadOnlyMemory<byte> entries) in
            BlockChain.Read(first, SessionBytes, what, ReadPage))
        {
            for (int at = 0; at < entries.Length; at += SessionBytes)
            {
                ReadOnlySpan<byte> entry = entries.Span.Slice(at, SessionBytes);
                string name = HandOverText.Read(entry[..NameBytes], "A session", physical + 16 + (ulong)at);
                if (!names.Add(name))
                {
                    throw ImportException.Contradicts(
                        $"Session '{name}'", physical + 16 + (ulong)at, "another session has its name");
                }

                ImportedSession session = new(name) { IsCreated = true, KnowsPreserved = true };
                _set.Sessions.Add(session);
                ReadFiles(session, HandOverMemory.Word(entry, NameBytes), HandOverMemory.Word(entry, 72));
            }
        }
    }

    private void ReadFiles(ImportedSession session, ulong first, ulong count)
    {
        string what = $"A block of files of session '{session.Name}'";
        HashSet<ulong> tokens = [];
        foreach ((ulong physical, ReadOnlyMemory<byte> entries) in
            BlockChain.Read(first, FileBytes, what, ReadPage))
        {
            _cancellation.ThrowIfCancellationRequested();
            for (int at = 0; at < entries.Length; at += FileBytes)
            {
                ReadOnlySpan<byte> entry = entries.Span.Slice(at, FileBytes);
                ulong token = HandOverMemory.Word(entry, 56);
                string id = $"{session.Name}/{Hex(token)}";
                HandOverText.DemandCompatible(
                    entry[..CompatibleBytes],
                    "memfd-v2"u8,
                    $"The handler of {id}",
                    physical + 16 + (ulong)at);
                if (!tokens.Add(token))
                {
                    throw ImportException.Contradicts(
                        $"File {id}", physical + 16 + (ulong)at, "another file of its session has its token");
                }

                ImportedObject file = new(id, ObjectKind.Memfd) { Session = session.Name, Token = token };
                ulong record = HandOverMemory.Word(entry, CompatibleBytes);
                HandOverMemfd.Read(_memory, _map, _claims, record, file, ReadPage);
                _set.Objects.Add(file);
                session.Preserved.Add(id);
            }
        }

        if ((ulong)tokens.Count != count)
        {
            throw ImportException.Contradicts(
                $"Session '{session.Name}'", first, $"it says {count} files, and its blocks have "
                + $"{tokens.Count}");
        }

        _fileCount += count;
    }

    // One handler exists, so an object bound to it is bound to every file.
    private void ReadFlbs(ulong physical)
    {
        const string what = "The page of file-lifecycle-bound objects";
        byte[] page = new byte[HandOverMemory.PageBytes];
        ReadPage(physical, page, what);
        ulong pages = HandOverMemory.Word(page, 0);
        ulong count = HandOverMemory.Word(page, 8);
        if (pages != 1 || count > FlbMax)
        {
            throw ImportException.Contradicts(
                what, physical, $"it says {pages} pages and {count} entries, and has 1 and at most {FlbMax}");
        }

        int fileObjects = _set.Objects.Count;
        for (int i = 0; i < (int)count; i++)
        {
            ReadOnlySpan<byte> entry = page.AsSpan(FlbHeaderBytes + i * FileBytes, FileBytes);
            string name = HandOverText.Read(entry[..CompatibleBytes], "An entry of that page", physical);
            string id = $"flb/{name}";
            ulong users = HandOverMemory.Word(entry, 56);
            if (users != _fileCount)
            {
                throw ImportException.Contradicts(
                    what, physical, $"{id} says {users} files, and {_fileCount} files have its handler");
            }

            ImportedObject flb = new(id, ObjectKind.Flb);
            flb.Extras.Add(new("x-data", Hex(HandOverMemory.Word(entry, CompatibleBytes))));
            _set.Objects.Add(flb);
            for (int file = 0; file < fileObjects; file++)
            {
                _set.Objects[file].Needs.Add(id);
            }
        }
    }

    private void ReadPage(ulong physical, byte[] page, string what)
    {
        _memory.ReadPage(physical, page, what);
        Claim(physical, what);
    }

    private void Claim(ulong physical, string what)
    {
        _claims.Add(physical, what);
        if (_map is not null && !_map.Holds(physical))
        {
            throw ImportException.Part(DiagnosticCode.HandOverNotPreserved, what, physical);
        }
    }

    private static string Hex(ulong value) => $"0x{value:x}";
}
