using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Reads <c>graphorder/session-set/1</c> from a stream of UTF-8, in one pass, with memory for what the set holds and
/// one buffer. All problems of a document are reported at once; only a syntax error ends reading early.
/// </summary>
public static class SessionSetReader
{
    /// <summary>The schema that is read.</summary>
    public const string Schema = "graphorder/session-set/1";

    private static readonly MemberNames Document =
        new("schema", "sessions", "objects", "dependencies", "limits", "host", "platform");

    private static readonly MemberNames Session = new("name", "created", "preserved", "blackout");

    private static readonly MemberNames Host = new("kernel", "nextKernel", "freeBytes", "kexecMicroseconds");

    private static readonly MemberNames Platform = new("preserved", "scratch", "mmio");

    private static readonly MemberNames DependencyMembers =
        new("dependent", "on", "phases", "strength", "weight", "declaredBy", "why");

    /// <summary>Reads a set.</summary>
    /// <param name="utf8">The document; it is read to its end and not disposed of.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="limits">What is taken at most; null for the usual limits.</param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <exception cref="MalformedDocumentException">It is not such a document; all problems are in it.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SessionSet Read(
        Stream utf8,
        string? sourceName = null,
        ReaderLimits? limits = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        limits ??= ReaderLimits.Default;
        DiagnosticList problems = new();
        DocumentReader reader = new(
            new JsonCursor(utf8, sourceName, limits, cancellation), problems, ignoresUnknown: false);
        PendingSet pending = new();
        ReadDocument(ref reader, pending, limits);
        reader.Finish();
        SessionSet? set = SessionSetResolver.Resolve(pending, sourceName, problems);
        return set is null || problems.HasErrors
            ? throw new MalformedDocumentException(sourceName, problems.ToImmutableByPlace())
            : set;
    }

    /// <summary>Reports where a list has more entries than the limit, and leaves the rest.</summary>
    internal static bool IsFull(ref DocumentReader reader, int count, ReaderLimits limits, string what)
    {
        if (count < limits.ListCountMax)
        {
            return false;
        }

        reader.Report(
            DiagnosticCode.LimitReached,
            new DiagnosticFact("what", what),
            new DiagnosticFact("max", limits.ListCountMax));
        return true;
    }

    private static void ReadDocument(ref DocumentReader reader, PendingSet pending, ReaderLimits limits)
    {
        if (!reader.TryEnterDocument())
        {
            return;
        }

        SourceLocation start = reader.Location;
        ulong seen = 0;
        while (reader.NextMember(Document, ref seen, out int member))
        {
            switch (member)
            {
                case 0: ReadSchema(ref reader, Schema); break;
                case 1: ReadSessions(ref reader, pending, limits); break;
                case 2: ReadObjects(ref reader, pending, limits); break;
                case 3: ReadDependencies(ref reader, pending, limits); break;
                case 4: ReadLimits(ref reader, pending); break;
                case 5: ReadHost(ref reader, pending); break;
                default: ReadPlatform(ref reader, pending); break;
            }
        }

        for (int required = 0; required < 3; required++)
        {
            if ((seen & (1UL << required)) == 0)
            {
                reader.Missing(Document[required], start, "the document");
            }
        }
    }

    /// <summary>Reads a schema and reports any other than the one expected.</summary>
    internal static void ReadSchema(ref DocumentReader reader, string expected)
    {
        SourceLocation location = reader.Location;
        if (reader.Text() is { } schema && schema != expected)
        {
            reader.ReportAt(
                DiagnosticCode.WrongSchema,
                location,
                new DiagnosticFact("found", schema),
                new DiagnosticFact("expected", expected));
        }
    }

    private static void ReadSessions(ref DocumentReader reader, PendingSet pending, ReaderLimits limits)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (IsFull(ref reader, pending.Sessions.Count, limits, "sessions") || !reader.TryEnterObject())
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
                    default: NotYet(ref reader, "blackout"); break;
                }
            }

            if ((seen & 1) == 0)
            {
                reader.Missing("name", session.Location, "a session");
            }

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
            return -1;
        }

        pending.SessionNames.TryAdd(name, out int index);
        return index;
    }

    private static void ReadObjects(ref DocumentReader reader, PendingSet pending, ReaderLimits limits)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (!IsFull(ref reader, pending.Objects.Count, limits, "objects") && reader.TryEnterObject())
            {
                ObjectReader.Read(ref reader, pending, limits);
            }
        }
    }

    private static void ReadDependencies(ref DocumentReader reader, PendingSet pending, ReaderLimits limits)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (!IsFull(ref reader, pending.Dependencies.Count, limits, "dependencies") && reader.TryEnterObject())
            {
                ReadDependency(ref reader, pending);
            }
        }
    }

    private static void ReadDependency(ref DocumentReader reader, PendingSet pending)
    {
        SourceLocation location = reader.Location;
        PendingEnd dependent = default;
        PendingEnd on = default;
        PhaseSet? phases = null;
        DependencyStrength? strength = null;
        long? weight = null;
        string? declaredBy = null;
        string? why = null;
        ulong seen = 0;
        while (reader.NextMember(DependencyMembers, ref seen, out int member))
        {
            switch (member)
            {
                case 0: dependent = ReadEnd(ref reader, pending); break;
                case 1: on = ReadEnd(ref reader, pending); break;
                case 2: phases = ReadPhases(ref reader); break;
                case 3: strength = ReadStrength(ref reader); break;
                case 4: weight = reader.Integer(min: 1); break;
                case 5: declaredBy = reader.Text(); break;
                default: why = reader.Text(); break;
            }
        }

        for (int required = 0; required < 2; required++)
        {
            if ((seen & (1UL << required)) == 0)
            {
                reader.Missing(DependencyMembers[required], location, "a dependency");
            }
        }

        if ((seen & 3) == 3)
        {
            DependencyOrigin origin = new(DependencySource.Declared, location, declaredBy, why);
            pending.Dependencies.Add(new PendingDependency(dependent, on, phases, strength, weight, origin));
        }
    }

    private static PendingEnd ReadEnd(ref DocumentReader reader, PendingSet pending)
    {
        SourceLocation location = reader.Location;
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return new PendingEnd(Mention.None, false);
        }

        bool isSession = name.StartsWith("session:"u8);
        NameTable table = isSession ? pending.SessionNames : pending.Names;
        table.TryAdd(isSession ? name["session:".Length..] : name, out int index);
        return new PendingEnd(new Mention(index, location), isSession);
    }

    private static PhaseSet? ReadPhases(ref DocumentReader reader)
    {
        SourceLocation location = reader.Location;
        if (!reader.TryEnterList())
        {
            return null;
        }

        PhaseSet phases = PhaseSet.None;
        bool isEmpty = true;
        while (reader.NextElement())
        {
            isEmpty = false;
            if (reader.Text() is not { } name)
            {
                continue;
            }

            if (Phases.TryParse(name, out Phase phase))
            {
                phases = phases.With(phase);
            }
            else
            {
                reader.WrongValue(name, PhaseSet.All.ToString());
            }
        }

        if (isEmpty)
        {
            reader.ReportAt(
                DiagnosticCode.WrongValue,
                location,
                new DiagnosticFact("member", "phases"),
                new DiagnosticFact("found", "[]"),
                new DiagnosticFact("expected", "at least one phase"));
        }

        return phases;
    }

    private static DependencyStrength? ReadStrength(ref DocumentReader reader)
    {
        string? text = reader.Text();
        if (text is not (null or "hard" or "soft"))
        {
            reader.WrongValue(text, "hard, soft");
        }

        return text switch
        {
            "hard" => DependencyStrength.Hard,
            "soft" => DependencyStrength.Soft,
            _ => null,
        };
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

    /// <summary>Reports something of the contract that is not done yet, and goes past it.</summary>
    internal static void NotYet(ref DocumentReader reader, string what)
    {
        reader.Report(DiagnosticCode.NotSupportedYet, new DiagnosticFact("what", what));
        reader.Skip();
    }

    private static void ReadLimits(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        ImmutableSortedDictionary<string, int>.Builder limits =
            ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        while (reader.NextName(out string name))
        {
            if (reader.Integer(min: 1, max: int.MaxValue) is { } limit && !limits.TryAdd(name, (int)limit))
            {
                reader.Report(DiagnosticCode.DuplicateMember, new DiagnosticFact("member", name));
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
            ImmutableArray<PhysicalRange> ranges = ObjectReader.ReadRanges(ref reader);
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
