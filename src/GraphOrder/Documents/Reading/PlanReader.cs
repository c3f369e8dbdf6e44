using System.Collections.Immutable;
using System.Globalization;

namespace GraphOrder;

/// <summary>
/// Reads <c>graphorder/plan/1</c>, a plan or a refusal, made by any version and by anybody. Members that it
/// does not know are ignored, unless <c>requires</c> names a feature that it lacks. It believes nothing:
/// whether the plan is legal is for <c>PlanVerifier</c> to say.
/// </summary>
public static class PlanReader
{
    private const int Orders = 4;
    private const int PhaseLists = 5;
    private const int Dependencies = 9;

    private static readonly DocumentForm<PendingPlan> Form = new(
        PlanWriter.Schema,
        [
            "schema", "model", "input", "rules", "sessions", "phases", "diagnostics", "waived", "requires",
            "dependencies", "certificate",
        ],
        ReadMember)
    {
        What = "a plan",
        Demand = DemandMembers,
        IgnoresUnknown = true,
    };

    private static readonly MemberNames PhaseNames =
        new("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish");

    private static readonly MemberNames StepMembers = new(
        "step", "wave", "object", "session", "token", "carries", "act");

    private static readonly MemberNames DiagnosticMembers = new(
        "code", "severity", "subjects");

    /// <summary>Reads a plan or a refusal.</summary>
    /// <param name="utf8">The document; it is read to its end and not disposed of.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <exception cref="MalformedDocumentException">
    /// It is not such a document; all problems are in it.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlanResult Read(
        Stream utf8, string? sourceName = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        PendingPlan pending = new();
        return Form.Read(utf8, sourceName, limits: null, pending, Resolve, cancellation);

        PlanResult? Resolve(DiagnosticList problems)
        {
            PlanCertificate? certificate = pending.Certificate.Resolve(pending.Model, sourceName, problems);
            return problems.HasErrors ? null : pending.ToResult(certificate);
        }
    }

    private static void ReadMember(ref DocumentReader reader, PendingPlan pending, int member)
    {
        switch (member)
        {
            case 1: pending.Model = reader.Text() ?? ""; break;
            case 2: pending.Input = ReadDigest(ref reader); break;
            case 3: pending.Rules = ReadDigest(ref reader); break;
            case Orders: ReadOrders(ref reader, pending); break;
            case PhaseLists: ReadPhases(ref reader, pending); break;
            case 6: ReadDiagnostics(ref reader, pending); break;
            case 7: pending.Waived = ReadTexts(ref reader); break;
            case 8: ReadRequired(ref reader); break;
            case Dependencies: DependencyReader.ReadAll(ref reader, pending.Certificate.Set); break;
            default: CertificateReader.Read(ref reader, pending.Certificate); break;
        }
    }

    private static void DemandMembers(
        ref DocumentReader reader, PendingPlan pending, ulong seen, SourceLocation start)
    {
        if (pending.Certificate.IsThere)
        {
            Form.DemandOne(ref reader, Dependencies, seen, start, "a plan with a certificate");
        }

        bool isRefusal = (seen & (3UL << Orders)) == 0 && pending.Diagnostics.Exists(found => found.IsError);
        pending.IsRefusal = isRefusal;
        Form.DemandFirst(ref reader, isRefusal ? Orders : PhaseLists + 1, seen, start);
    }

    private static Digest? ReadDigest(ref DocumentReader reader)
    {
        string? text = reader.Text();
        if (text is null)
        {
            return null;
        }

        if (!Digest.TryParse(text, out Digest? digest))
        {
            reader.WrongValue(text, "\"sha256:\" and 64 hexadecimal digits");
        }

        return digest;
    }

    private static void ReadRequired(ref DocumentReader reader)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            if (reader.Text() is { } feature)
            {
                reader.Report(DiagnosticCode.RequiredFeatureMissing, new DiagnosticFact("feature", feature));
            }
        }
    }

    private static ImmutableArray<string> ReadTexts(ref DocumentReader reader)
    {
        ImmutableArray<string>.Builder texts = ImmutableArray.CreateBuilder<string>();
        if (!reader.TryEnterList())
        {
            return [];
        }

        while (reader.NextElement())
        {
            if (reader.Text() is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.ToImmutable();
    }

    private static void ReadOrders(ref DocumentReader reader, PendingPlan pending)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        HashSet<string> seen = [];
        while (reader.NextName(seen, out string name))
        {
            reader.DemandRoom(pending.Orders.Count, "orders of sessions");
            pending.Orders.Add((name, ReadSessionNames(ref reader)));
        }
    }

    private static ImmutableArray<SessionName> ReadSessionNames(ref DocumentReader reader)
    {
        ImmutableArray<SessionName>.Builder names = ImmutableArray.CreateBuilder<SessionName>();
        if (!reader.TryEnterList())
        {
            return [];
        }

        while (reader.NextElement())
        {
            if (ReadSessionName(ref reader) is { } name)
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }

    private static SessionName? ReadSessionName(ref DocumentReader reader)
    {
        if (!reader.TryUtf8(out ReadOnlySpan<byte> name))
        {
            return null;
        }

        if (SessionName.IsValid(name))
        {
            return new SessionName(System.Text.Encoding.UTF8.GetString(name));
        }

        reader.Report(
            DiagnosticCode.InvalidSessionName,
            new DiagnosticFact("bytes", name.Length),
            new DiagnosticFact("max", SessionName.BytesMax));
        return null;
    }

    private static void ReadPhases(ref DocumentReader reader, PendingPlan pending)
    {
        if (!reader.TryEnterObject())
        {
            return;
        }

        ulong seen = 0;
        while (reader.NextMember(PhaseNames, ref seen, out int phase))
        {
            if (!reader.TryEnterList())
            {
                continue;
            }

            while (reader.NextElement())
            {
                reader.DemandRoom(pending.Rows[phase].Count, "steps");
                if (reader.TryEnterObject())
                {
                    ReadStep(ref reader, pending, pending.Rows[phase], pending.Carried[phase]);
                }
            }
        }
    }

    private static void ReadStep(
        ref DocumentReader reader, PendingPlan pending, List<PlanRow> rows, List<int> carried)
    {
        PlanRow row = new(-1, -1, 0, false, 0, carried.Count, 0);
        ulong seen = 0;
        while (reader.NextMember(StepMembers, ref seen, out int member))
        {
            switch (member)
            {
                case 0: ReadNumber(ref reader, rows.Count); break;
                case 1: row = row with { Wave = (int)(reader.Integer(max: int.MaxValue) ?? 0) }; break;
                case 3:
                    SessionName? name = ReadSessionName(ref reader);
                    row = row with { Session = name is { } known ? pending.SessionOf(known) : -1 };
                    break;
                case 4:
                    ulong? token = reader.NumberText();
                    row = row with { HasToken = token is not null, Token = token ?? 0 };
                    break;
                case 5: ReadCarried(ref reader, pending, carried); break;
                default:
                    bool isAct = row.IsAct || StepMembers[member] == "act";
                    row = row with { Object = pending.IdOf(ref reader), IsAct = isAct };
                    DemandOne(ref reader, seen);
                    break;
            }
        }

        rows.Add(row with { CarriedCount = carried.Count - row.FirstCarried });
    }

    private static void DemandOne(ref DocumentReader reader, ulong seen)
    {
        const ulong both = (1 << 2) | (1 << 6);
        if ((seen & both) == both && reader.Text() is { } second)
        {
            reader.WrongValue(second, "either 'object' or 'act' in a step");
        }
    }

    private static void ReadNumber(ref DocumentReader reader, int expected)
    {
        if (reader.Integer(max: int.MaxValue) is { } number && number != expected)
        {
            reader.WrongValue(
                number.ToString(CultureInfo.InvariantCulture), $"{expected}, since steps stand in their "
                    + "order");
        }
    }

    private static void ReadCarried(ref DocumentReader reader, PendingPlan pending, List<int> carried)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(carried.Count, "carried objects");
            if (pending.IdOf(ref reader) is var id and >= 0)
            {
                carried.Add(id);
            }
        }
    }

    private static void ReadDiagnostics(ref DocumentReader reader, PendingPlan pending)
    {
        if (!reader.TryEnterList())
        {
            return;
        }

        while (reader.NextElement())
        {
            reader.DemandRoom(pending.Diagnostics.Count, "diagnostics");
            if (reader.TryEnterObject())
            {
                ReadDiagnostic(ref reader, pending);
            }
        }
    }

    private static void ReadDiagnostic(ref DocumentReader reader, PendingPlan pending)
    {
        SourceLocation location = reader.Location;
        DiagnosticCode? code = null;
        DiagnosticSeverity? severity = null;
        ImmutableArray<string> subjects = [];
        ulong seen = 0;
        while (reader.NextMember(DiagnosticMembers, ref seen, out int member))
        {
            switch (member)
            {
                case 0: code = ReadCode(ref reader); break;
                case 1: severity = ReadSeverity(ref reader); break;
                default: subjects = ReadTexts(ref reader); break;
            }
        }

        reader.Demand(DiagnosticMembers, 2, seen, location, "a diagnostic");
        if (code is { } theCode && severity is { } theSeverity)
        {
            pending.Diagnostics.Add(new Diagnostic(theCode, theSeverity) { Subjects = subjects });
        }
    }

    private static DiagnosticCode? ReadCode(ref DocumentReader reader)
    {
        const int digitCount = 4;
        string? text = reader.Text();
        if (text is null)
        {
            return null;
        }

        if (text.Length == 2 + digitCount
            && text.StartsWith("GO", StringComparison.Ordinal)
            && ushort.TryParse(
                text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            return (DiagnosticCode)number;
        }

        reader.WrongValue(text, "GO and four digits");
        return null;
    }

    private static DiagnosticSeverity? ReadSeverity(ref DocumentReader reader)
    {
        string? text = reader.Text();
        switch (text)
        {
            case null: return null;
            case "error": return DiagnosticSeverity.Error;
            case "warning": return DiagnosticSeverity.Warning;
            case "info": return DiagnosticSeverity.Info;
            default:
                reader.WrongValue(text, "error, warning, info");
                return null;
        }
    }
}
