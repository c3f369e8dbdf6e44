namespace GraphOrder;

/// <summary>
/// Reads <c>graphorder/model/1</c>, a lifecycle model of one's own. All problems of a document are reported
/// at once, those of the model too: a description that leaves an order open is no model.
/// </summary>
public static class ModelReader
{
    private static readonly DocumentForm<PendingModel> Form = new(
        ModelWriter.Schema, ["schema", "name", "phases"], ReadMember)
    {
        RequiredCount = 3,
    };

    private static readonly MemberNames PhaseNames =
        new("preserve", "freeze", "unfreeze", "unpreserve", "retrieve", "finish");

    private static readonly MemberNames RuleMembers = new("step", "between", "inside");

    private static readonly string[] Units = ["object", "file", "session", "everything"];

    private static readonly string[] Insides =
        ["chosen", "preserve forward", "preserve backward", "together"];

    /// <summary>Reads a model.</summary>
    /// <param name="utf8">The document; it is read to its end and not disposed of.</param>
    /// <param name="sourceName">What messages call it.</param>
    /// <param name="cancellation">Checked for each buffer.</param>
    /// <returns>The model; where it says what a built-in one says, that one itself.</returns>
    /// <exception cref="MalformedDocumentException">
    /// It is not such a document, or no model; all problems are in it.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LifecycleModel Read(
        Stream utf8, string? sourceName = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        PendingModel pending = new();
        return Form.Read(
            utf8,
            sourceName,
            limits: null,
            pending,
            problems => problems.HasErrors ? null : pending.ToModel(problems),
            cancellation);
    }

    private static void ReadMember(ref DocumentReader reader, PendingModel pending, int member)
    {
        if (member == 1)
        {
            ReadName(ref reader, pending);
        }
        else
        {
            ReadPhases(ref reader, pending);
        }
    }

    private static void ReadName(ref DocumentReader reader, PendingModel pending)
    {
        pending.NameLocation = reader.Location;
        if (reader.Text() is not { } name)
        {
            return;
        }

        pending.Name = name;
        if (!LifecycleModel.IsName(name))
        {
            reader.WrongValue(name, "a name that is not empty and has no colon");
        }
    }

    private static void ReadPhases(ref DocumentReader reader, PendingModel pending)
    {
        SourceLocation start = reader.Location;
        if (!reader.TryEnterObject())
        {
            return;
        }

        ulong seen = 0;
        while (reader.NextMember(PhaseNames, ref seen, out int phase))
        {
            PendingRule rule = new() { Location = reader.Location };
            if (reader.TryEnterObject())
            {
                ReadRule(ref reader, rule, PhaseNames[phase]);
                pending.Rules[phase] = rule;
            }
        }

        reader.Demand(PhaseNames, Phases.Count, seen, start, "a model");
    }

    private static void ReadRule(ref DocumentReader reader, PendingRule rule, string phase)
    {
        ulong seen = 0;
        while (reader.NextMember(RuleMembers, ref seen, out int member))
        {
            SourceLocation location = reader.Location;
            if (reader.Text() is not { } text)
            {
                continue;
            }

            switch (member)
            {
                case 0: ReadUnit(ref reader, rule, text, location); break;
                case 1: ReadBetween(ref reader, rule, text, location); break;
                default: ReadInside(ref reader, rule, text, location); break;
            }
        }

        // Of everything at once there is nothing to say about sessions.
        const ulong between = 1 << 1;
        ulong implied = rule.Unit == StepUnit.Everything ? between : 0;
        reader.Demand(RuleMembers, RuleMembers.Names.Length, seen | implied, rule.Location, $"'{phase}'");
    }

    private static void ReadUnit(
        ref DocumentReader reader, PendingRule rule, string text, SourceLocation location)
    {
        rule.UnitLocation = location;
        if (PhaseRule.TryParseUnit(text, out StepUnit unit))
        {
            rule.Unit = unit;
        }
        else
        {
            reader.WrongValue(text, string.Join(", ", Units), Similarity.Nearest(text, Units));
        }
    }

    private static void ReadBetween(
        ref DocumentReader reader, PendingRule rule, string text, SourceLocation location)
    {
        rule.BetweenLocation = location;
        if (PhaseRule.TryParseBetween(text, out SessionOrder between, out bool isBackward))
        {
            rule.Between = between;
            rule.IsBackward = isBackward;
        }
        else
        {
            reader.WrongValue(
                text,
                "interleaved, or the name of an order of sessions with forward or backward behind it: "
                + "finish forward",
                Similarity.Nearest(text, [SessionOrder.Interleaved.Name]));
        }
    }

    private static void ReadInside(
        ref DocumentReader reader, PendingRule rule, string text, SourceLocation location)
    {
        rule.InsideLocation = location;
        if (PhaseRule.TryParseInside(text, out InsideSession inside))
        {
            rule.Inside = inside;
        }
        else
        {
            reader.WrongValue(text, string.Join(", ", Insides), Similarity.Nearest(text, Insides));
        }
    }
}
