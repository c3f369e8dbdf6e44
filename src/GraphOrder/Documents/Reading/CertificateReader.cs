namespace GraphOrder;

/// <summary>
/// Reads the member <c>certificate</c> of a plan. Sessions and objects stand in it as in a set.
/// </summary>
internal static class CertificateReader
{
    private static readonly MemberNames Members = new("sessions", "objects", "phases");

    private static readonly MemberNames PhaseNames =
        new("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish");

    private static readonly MemberNames RuleMembers = new("step", "inside", "between");

    /// <summary>Reads the object that begins at this token.</summary>
    public static void Read(ref DocumentReader reader, PendingCertificate pending)
    {
        SourceLocation start = reader.Location;
        pending.IsThere = true;
        if (!reader.TryEnterObject())
        {
            return;
        }

        ulong seen = 0;
        while (reader.NextMember(Members, ref seen, out int member))
        {
            switch (member)
            {
                case 0: SessionSetReader.ReadSessions(ref reader, pending.Set); break;
                case 1: SessionSetReader.ReadObjects(ref reader, pending.Set); break;
                default: ReadPhases(ref reader, pending); break;
            }
        }

        reader.Demand(Members, 2, seen, start, "a certificate");
    }

    private static void ReadPhases(ref DocumentReader reader, PendingCertificate pending)
    {
        SourceLocation start = reader.Location;
        pending.RulesLocation = start;
        if (!reader.TryEnterObject())
        {
            return;
        }

        PhaseRule[] rules = new PhaseRule[Phases.Count];
        ulong seen = 0;
        while (reader.NextMember(PhaseNames, ref seen, out int phase))
        {
            SourceLocation place = reader.Location;
            if (reader.TryEnterObject())
            {
                rules[phase] = ReadRule(ref reader, (Phase)phase, place);
            }
        }

        reader.Demand(PhaseNames, Phases.Count, seen, start, "the rules of a model");
        pending.Rules = rules;
    }

    private static PhaseRule ReadRule(ref DocumentReader reader, Phase phase, SourceLocation place)
    {
        StepUnit unit = default;
        InsideSession inside = default;
        SessionOrder between = SessionOrder.Interleaved;
        bool isBackward = false;
        ulong seen = 0;
        while (reader.NextMember(RuleMembers, ref seen, out int member))
        {
            switch (member)
            {
                case 0:
                    if (reader.Text() is { } step && !PhaseRule.TryParseUnit(step, out unit))
                    {
                        reader.WrongValue(step, "object, file, session, everything");
                    }

                    break;
                case 1:
                    if (reader.Text() is { } order && !PhaseRule.TryParseInside(order, out inside))
                    {
                        reader.WrongValue(order, "chosen, preserve forward, preserve backward, together");
                    }

                    break;
                default:
                    if (reader.Text() is { } text
                        && !PhaseRule.TryParseBetween(text, out between, out isBackward))
                    {
                        reader.WrongValue(text, "interleaved, or the name of an order and its direction");
                    }

                    break;
            }
        }

        reader.Demand(RuleMembers, 2, seen, place, "the rule of a phase");
        return new PhaseRule(phase, unit, between, isBackward, inside);
    }
}
