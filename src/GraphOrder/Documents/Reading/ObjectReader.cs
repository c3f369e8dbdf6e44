using System.Text;

namespace GraphOrder;

/// <summary>Reads one object of a session set with all its facts.</summary>
internal static class ObjectReader
{
    private static readonly MemberNames Members = new(
        "id", "kind", "session", "within", "token", "needs", "describes", "bytes", "seals", "inode",
        "class", "cost",
        "areas", "extents", "folios", "pageTable", "phase", "when");

    private static readonly MemberNames Cost =
        new("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish");

    private static readonly MemberNames SealNames =
        new("seal", "shrink", "grow", "write", "future-write", "exec");

    /// <summary>Reads the object that begins at this token.</summary>
    public static void Read(ref DocumentReader reader, PendingSet pending)
    {
        PendingObject found = new() { Location = reader.Location };
        PendingFacts facts = new();
        int owner = pending.Objects.Count;
        ulong seen = 0;
        while (reader.NextMember(Members, ref seen, out int member))
        {
            switch (member)
            {
                case 0: found.Name = ReadId(ref reader, pending); break;
                case 1:
                    found.Kind = ReadKind(ref reader, pending);
                    found.IsAct = pending.Kinds[found.Kind] == ObjectKind.Act;
                    break;
                case 2:
                    found.SaysPlace = true;
                    found.Session = ReadSession(ref reader, pending);
                    break;
                case 3:
                    found.SaysPlace = true;
                    found.Carrier = SessionSetReader.ReadMention(ref reader, pending);
                    break;
                case 4:
                    found.TokenLocation = reader.Location;
                    found.Token = reader.NumberText();
                    break;
                case 5:
                    ReadReferences(ref reader, pending, owner, pending.Needs, "needs");
                    NoteIfEmpty(ref facts, EmptyLists.Needs, IsEmpty(pending.Needs, owner));
                    break;
                case 6:
                    ReadReferences(ref reader, pending, owner, pending.Describes, "describes");
                    NoteIfEmpty(ref facts, EmptyLists.Describes, IsEmpty(pending.Describes, owner));
                    break;
                case 16: found.ActPhase = ReadPhase(ref reader); break;
                case 17: found.IsLate = ReadWhen(ref reader); break;
                default: ReadFact(ref reader, pending, ref facts, member); break;
            }
        }

        reader.Demand(Members, 2, seen, found.Location, "an object");
        found.SaysPhase = (seen & (1UL << 16)) != 0;
        found.SaysWhen = (seen & (1UL << 17)) != 0;
        if (facts.Areas is not null || !ReferenceEquals(facts.Facts, ObjectFacts.None))
        {
            pending.Facts.Add(facts);
            found.FactsNumber = pending.Facts.Count;
        }

        pending.Objects.Add(found);
    }

    private static int ReadId(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryUtf8(out ReadOnlySpan<byte> id))
        {
            return -1;
        }

        if (id.IsEmpty || id.StartsWith("session:"u8))
        {
            reader.WrongValue(
                Encoding.UTF8.GetString(id), "a text that is not empty and is no 'session:NAME'");
            return -1;
        }

        pending.Names.TryAdd(id, out int name);
        return name;
    }

    private static Mention ReadSession(ref DocumentReader reader, PendingSet pending)
    {
        SourceLocation location = reader.Location;
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return Mention.None;
        }

        pending.SessionNames.TryAdd(name, out int index);
        return new Mention(index, location);
    }

    private static bool IsEmpty(SegmentedList<ObjectReference> references, int owner) =>
        references.Count == 0 || references[references.Count - 1].Owner.Index != owner;

    private static int ReadKind(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return 0;
        }

        if (pending.Kinds.TryFind(name, out int kind))
        {
            return kind;
        }

        string text = Encoding.UTF8.GetString(name);
        string[] names = [.. ObjectKind.WellKnownKinds.Select(known => known.Name)];
        string? suggestion = Similarity.Nearest(text, names);
        string known = string.Join(", ", names);
        reader.WrongValue(text, $"{known}, or a kind of your own that begins with 'x-'", suggestion);
        return 0;
    }

    private static Phase? ReadPhase(ref DocumentReader reader)
    {
        if (reader.Text() is not { } text)
        {
            return null;
        }

        if (Phases.TryParse(text, out Phase phase))
        {
            return phase;
        }

        string[] names = [.. Phases.All.ToArray().Select(known => known.Name())];
        reader.WrongValue(text, string.Join(", ", names), Similarity.Nearest(text, names));
        return null;
    }

    private static bool ReadWhen(ref DocumentReader reader)
    {
        string? text = reader.Text();
        if (text is not (null or "late"))
        {
            reader.WrongValue(text, "late");
        }

        return text == "late";
    }

    private static void ReadReferences(
        ref DocumentReader reader,
        PendingSet pending,
        int owner,
        SegmentedList<ObjectReference> references,
        string what)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(references.Count, what);
            if (SessionSetReader.ReadMention(ref reader, pending) is { IsThere: true } mention)
            {
                references.Add(
                    new ObjectReference(new ObjectId(owner), new ObjectId(mention.Name), mention.Location));
            }
        }
    }

    private static void ReadFact(
        ref DocumentReader reader, PendingSet pending, ref PendingFacts found, int member)
    {
        ObjectFacts facts = found.Facts;
        switch (member)
        {
            case 7: found.Facts = facts with { Bytes = reader.Integer() }; break;
            case 8: found.Facts = facts with { Seals = ReadSeals(ref reader) }; break;
            case 9: found.Facts = facts with { Inode = ReadInode(ref reader) }; break;
            case 10: found.Facts = facts with { Class = reader.Text() }; break;
            case 11: found.Facts = ReadCost(ref reader, facts); break;
            case 12:
                found.Areas = MappingReader.ReadAreas(ref reader, pending);
                NoteIfEmpty(ref found, EmptyLists.Areas, found.Areas.Count == 0);
                break;
            case 13:
                found.Facts = facts with { Extents = MappingReader.ReadExtents(ref reader) };
                NoteIfEmpty(ref found, EmptyLists.Extents, found.Facts.Extents.IsEmpty);
                break;
            case 14: found.Facts = facts with { Folios = reader.Text() }; break;
            default:
                PageTableFacts? table = MappingReader.ReadPageTable(ref reader, out bool saysNoSizes);
                found.Facts = facts with { PageTable = table };
                NoteIfEmpty(ref found, EmptyLists.PageSizes, saysNoSizes);
                break;
        }
    }

    private static void NoteIfEmpty(ref PendingFacts found, EmptyLists list, bool isEmpty)
    {
        if (isEmpty)
        {
            found.Facts = found.Facts with { EmptyLists = found.Facts.EmptyLists | list };
        }
    }

    // "dev:inode"; a device may be written as major:minor. Equal inodes must be equal texts.
    private static string? ReadInode(ref DocumentReader reader)
    {
        if (reader.Text() is not { } text)
        {
            return null;
        }

        int colon = text.LastIndexOf(':');
        ReadOnlySpan<char> number = text.AsSpan(colon + 1);
        bool isNumber = number.Length > 0
            && number.IndexOfAnyExceptInRange('0', '9') < 0
            && (number[0] != '0' || number.Length == 1);
        if (colon > 0 && isNumber)
        {
            return text;
        }

        reader.WrongValue(text, "\"dev:inode\", the inode in decimal digits, as stat tells them");
        return null;
    }

    private static Seals? ReadSeals(ref DocumentReader reader)
    {
        if (!reader.TryEnterList())
        {
            return null;
        }

        Seals seals = Seals.None;
        while (reader.NextElement())
        {
            if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
            {
                continue;
            }

            int bit = SealNames.Find(name);
            if (bit >= 0)
            {
                seals |= (Seals)(1 << bit);
            }
            else
            {
                reader.WrongValue(Encoding.UTF8.GetString(name), string.Join(", ", SealNames.Names!));
            }
        }

        return seals;
    }

    private static ObjectFacts ReadCost(ref DocumentReader reader, ObjectFacts facts)
    {
        if (!reader.TryEnterObject())
        {
            return facts;
        }

        long[] costs = new long[Phases.Count];
        PhaseSet said = PhaseSet.None;
        ulong seen = 0;
        while (reader.NextMember(Cost, ref seen, out int phase))
        {
            costs[phase] = reader.Integer() ?? 0;
            said = said.With((Phase)phase);
        }

        return facts with { CostMicroseconds = [.. costs], CostPhases = said };
    }
}
