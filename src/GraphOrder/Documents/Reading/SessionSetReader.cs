using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Reads <c>graphorder/session-set/1</c> from a stream of UTF-8, in one pass, with memory for what the set
/// holds and one buffer. All problems of a document are reported at once; only a syntax error ends reading
/// early.
/// </summary>
public static class SessionSetReader
{
    /// <summary>The schema that is read.</summary>
    public const string Schema = "graphorder/session-set/1";

    private static readonly DocumentForm<PendingSet> Form = new(
        Schema,
        ["schema", "sessions", "objects", "dependencies", "limits", "host", "platform"],
        ReadMember)
    {
        What = "a session set",
        RequiredCount = 3,
    };

    private static readonly MemberNames Session = new("name", "created", "preserved", "blackout");

    private static readonly MemberNames Host = new("kernel", "nextKernel", "freeBytes", "kexecMicroseconds");

    private static readonly MemberNames Platform = new("preserved", "scratch", "mmio");

    /// <summary>Reads a set.</summary>
    /// <param name="utf8">The document; it is read to its end and not disposed of.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="limits">What is taken at most; null for the usual limits.</param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <exception cref="MalformedDocumentException">
    /// It is not such a document; all problems are in it.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SessionSet Read(
        Stream utf8,
        string? sourceName = null,
        ReaderLimits? limits = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        PendingSet pending = new();
        return Form.Read(
            utf8,
            sourceName,
            limits,
            pending,
            problems => SessionSetResolver.Resolve(pending, sourceName, problems),
            cancellation);
    }

    /// <summary>Reads the value of a member, by its place in the list of members.</summary>
    internal static void ReadMember(ref DocumentReader reader, PendingSet pending, int member)
    {
        switch (member)
        {
            case 1: ReadSessions(ref reader, pending); break;
            case 2: ReadObjects(ref reader, pending); break;
            case 3: DependencyReader.ReadAll(ref reader, pending); break;
            case 4: ReadLimits(ref reader, pending); break;
            case 5: ReadHost(ref reader, pending); break;
            default: ReadPlatform(ref reader, pending); break;
        }
    }

    /// <summary>Reads the list that begins at this token.</summary>
    internal static void ReadSessions(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(pending.Sessions.Count, "sessions");
            if (!reader.TryEnterObject())
            {
                continue;
            }

            PendingSession session = new() { Location = reader.Location };
            ulong seen = 0;
            while (reader.NextMember(Session, ref seen, out int member))
            {
                switch (member)
                {
                    case 0: session.Name = ReadNewSession(ref reader, pending); break;
                    case 1: session.Created = reader.Truth(); break;
                    case 2:
                        session.SaysPreserved = true;
                        ReadMentions(ref reader, pending, session.Preserved);
                        break;
                    default: ReadMentions(ref reader, pending, session.Blackout = []); break;
                }
            }

            reader.Demand(Session, 1, seen, session.Location, "a session");
            pending.Sessions.Add(session);
        }
    }

    private static int ReadNewSession(ref DocumentReader reader, PendingSet pending)
    {
        SourceLocation location = reader.Location;
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return -1;
        }

        if (!SessionName.IsValid(name))
        {
            reader.ReportAt(
                DiagnosticCode.InvalidSessionName,
                location,
                new DiagnosticFact("bytes", name.Length),
                new DiagnosticFact("max", SessionName.BytesMax));
        }

        // A name that the kernel would refuse is known all the same, so that it is reported once.
        pending.SessionNames.TryAdd(name, out int index);
        return index;
    }

    /// <summary>Reads the list that begins at this token.</summary>
    internal static void ReadObjects(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        ValueEnd? end = null;
        while (reader.NextElement())
        {
            reader.DemandRoom(pending.Objects.Count, "objects");
            if (reader.TryEnterObject())
            {
                ObjectReader.Read(ref reader, pending);
                reader.ReadPlainObjects(pending, ref end);
            }
        }
    }

    /// <summary>Reads a list of ids.</summary>
    internal static void ReadMentions(ref DocumentReader reader, PendingSet pending, List<Mention> mentions)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(mentions.Count, "ids in one list");
            if (ReadMention(ref reader, pending) is { IsThere: true } mention)
            {
                mentions.Add(mention);
            }
        }
    }

    /// <summary>Reads an id of an object.</summary>
    internal static Mention ReadMention(ref DocumentReader reader, PendingSet pending)
    {
        SourceLocation location = reader.Location;
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return Mention.None;
        }

        pending.Names.TryAdd(name, out int index);
        return new Mention(index, location);
    }

    private static void ReadLimits(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        ImmutableSortedDictionary<string, int>.Builder limits =
            ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (reader.NextName(seen, out string name))
        {
            reader.DemandRoom(limits.Count, "limits");
            if (reader.Integer(min: 1, max: int.MaxValue) is { } limit)
            {
                limits.Add(name, (int)limit);
            }
        }

        pending.Limits = limits.ToImmutable();
    }

    private static void ReadHost(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        HostFacts host = new();
        ulong seen = 0;
        while (reader.NextMember(Host, ref seen, out int member))
        {
            host = member switch
            {
                0 => host with { Kernel = reader.Text() },
                1 => host with { NextKernel = reader.Text() },
                2 => host with { FreeBytes = reader.Integer() },
                _ => host with { KexecMicroseconds = reader.Integer() },
            };
        }

        pending.Host = host;
    }

    private static void ReadPlatform(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        PlatformFacts platform = new();
        ulong seen = 0;
        while (reader.NextMember(Platform, ref seen, out int member))
        {
            ImmutableArray<PhysicalRange> ranges = MappingReader.ReadRanges(ref reader);
            platform = member switch
            {
                0 => platform with { Preserved = ranges },
                1 => platform with { Scratch = ranges },
                _ => platform with { Mmio = ranges },
            };
        }

        pending.Platform = platform;
    }
}
