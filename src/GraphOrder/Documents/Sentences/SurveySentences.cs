using System.Text;

namespace GraphOrder;

/// <summary>What a survey says, in words without ids. Thread-safe.</summary>
public static class SurveySentences
{
    private const int StepsShownMax = 6;

    /// <summary>How documents write a verdict.</summary>
    public static string NameOf(HostVerdict verdict) => verdict switch
    {
        HostVerdict.Ready => "ready",
        HostVerdict.NotAccepted => "not-accepted",
        HostVerdict.NoOrder => "no-order",
        HostVerdict.Malformed => "malformed",
        _ => "unreadable",
    };

    /// <summary>How many hosts can be updated, and how many cannot: one sentence.</summary>
    public static string Verdict(Survey survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        int count = survey.Hosts.Length;
        int not = count - survey.ReadyCount;
        string causes = survey.Causes.Length == 1 ? "1 cause" : $"{survey.Causes.Length} causes";
        return not == 0
            ? count == 1 ? "the only host can be updated." : $"all {count} hosts can be updated."
            : $"{survey.ReadyCount} of {count} {(count == 1 ? "host" : "hosts")} can be updated; "
                + $"{not} cannot, for {causes}.";
    }

    /// <summary>
    /// What is wrong, with no period behind it: the title of the code and what tells it apart.
    /// </summary>
    public static string Of(CauseKey cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        if (cause.Code == DiagnosticCode.NoHandler)
        {
            return $"{Fact(cause, "release")} has no handler for {Fact(cause, "kind")}"
                + (Fact(cause, "act") == "retrieving" ? " that was handed over" : "");
        }

        string title = DiagnosticCatalogue.Find(cause.Code)?.Title ?? cause.Code.Text();
        if (!cause.Steps.IsEmpty)
        {
            return $"{title}: {Walk(cause)}; in {cause.Phases}";
        }

        IEnumerable<string> facts = cause.Facts.Select(static fact => fact.ToString())
            .Append(string.Join(" -> ", cause.Kinds))
            .Where(static words => words.Length > 0);
        string told = string.Join(", ", facts);
        return told.Length == 0 ? title : $"{title}: {told}";
    }

    private static string Fact(CauseKey cause, string name) =>
        cause.Facts.FirstOrDefault(fact => fact.Name == name).ToString();

    // "ioas needs memfd (2 times)": equal steps beside one another are told once.
    private static string Walk(CauseKey cause)
    {
        StringBuilder walk = new();
        int told = 0;
        for (int i = 0; i < cause.Steps.Length; told++)
        {
            int same = 1;
            while (i + same < cause.Steps.Length && Words(cause.Steps[i + same]) == Words(cause.Steps[i]))
            {
                same++;
            }

            walk.Append(told == 0 ? "" : ", ");
            if (told == StepsShownMax)
            {
                walk.Append($"and {cause.Steps.Length - i} more steps");
                break;
            }

            walk.Append(Words(cause.Steps[i])).Append(same == 1 ? "" : $" ({same} times)");
            i += same;
        }

        return walk.ToString();
    }

    private static string Words(CauseStep step) => step.Rule == CycleRule.FixedBeginning
        ? $"the kernel has {step.First} before {step.Then}"
        : $"{step.Dependent} needs {step.On}";
}
