using System.Text;

namespace GraphOrder;

/// <summary>Reads the entries of <c>dependencies</c>.</summary>
internal static class DependencyReader
{
    private static readonly MemberNames Members =
        new("dependent", "on", "phases", "strength", "weight", "declaredBy", "why");

    private static readonly MemberNames PhaseNames =
        new("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish");

    /// <summary>Reads the list that begins at this token.</summary>
    public static void ReadAll(ref DocumentReader reader, PendingSet pending)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(pending.Dependencies.Count, "dependencies");
            if (reader.TryEnterObject())
            {
                Read(ref reader, pending);
            }
        }
    }

    private static void Read(ref DocumentReader reader, PendingSet pending)
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
        while (reader.NextMember(Members, ref seen, out int member))
        {
            switch (member)
            {
                case 0: dependent = ReadEnd(ref reader, pending); break;
                case 1: on = ReadEnd(ref reader, pending); break;
                case 2: phases = ReadPhases(ref reader); break;
                case 3: strength = ReadStrength(ref reader); break;
                case 4: weight = reader.Integer(min: 1); break;
                case 5: declaredBy = ReadText(ref reader, pending.DeclaredBy); break;
                default: why = ReadText(ref reader, pending.Why); break;
            }
        }

        reader.Demand(Members, 2, seen, location, "a dependency");
        if ((seen & 3) == 3)
        {
            DependencyOrigin origin = new(
                DependencySource.Declared, location, pending.WordsOf(declaredBy, why));
            pending.Dependencies.Add(new PendingDependency(dependent, on, phases, strength, weight, origin));
        }
    }

    private static string? ReadText(ref DocumentReader reader, RepeatedText repeated) =>
        reader.TryUtf8(out ReadOnlySpan<byte> utf8) ? repeated.Of(utf8) : null;

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
            if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
            {
                continue;
            }

            int phase = PhaseNames.Find(name);
            if (phase >= 0)
            {
                phases = phases.With((Phase)phase);
            }
            else
            {
                reader.WrongValue(Encoding.UTF8.GetString(name), PhaseSet.All.ToString());
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
        if (!reader.TryUtf8(out ReadOnlySpan<byte> utf8))
        {
            return null;
        }

        if (utf8.SequenceEqual("hard"u8))
        {
            return DependencyStrength.Hard;
        }

        if (utf8.SequenceEqual("soft"u8))
        {
            return DependencyStrength.Soft;
        }

        reader.WrongValue(Encoding.UTF8.GetString(utf8), "hard, soft");
        return null;
    }
}
