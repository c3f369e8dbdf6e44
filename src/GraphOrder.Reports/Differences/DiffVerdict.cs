using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The first line of a report on a difference.</summary>
internal static class DiffVerdict
{
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Others = " The other phases have the same order.";

    public static void Write(ReportLines lines, PlanDifference difference, bool isColoured)
    {
        (string word, string colour, string rest) =
            (difference.First.Result.IsLegal, difference.Second.Result.IsLegal) switch
            {
                (true, true) => Legal(difference),
                (true, false) => ("NOW REFUSED", Red, ": " + Refused(difference)),
                (false, true) => ("NOW LEGAL", Green,
                    $": the first was refused ({Codes(difference.First.Result)})."),
                _ => ("STILL REFUSED", Red,
                    Codes(difference.First.Result) == Codes(difference.Second.Result)
                        ? $" ({Codes(difference.First.Result)}){But(difference)}."
                        : $": {Codes(difference.First.Result)} became {Codes(difference.Second.Result)}."),
            };
        lines.Verdict(word, isColoured ? colour : null, rest);
    }

    private static (string Word, string Colour, string Sentence) Legal(PlanDifference difference)
    {
        PhaseDifference[] apart = [.. difference.Phases.Where(static phase => !phase.IsComparable)];
        string unlike = apart.Length == 0 ? "" : $" Not comparable: {Names(apart)}.";
        if (difference.IsSame)
        {
            string but = But(difference);
            return ("SAME ORDER", but.Length == 0 ? Green : Yellow, $" in {Where(difference)}{but}.");
        }

        string steps = Steps(difference);
        if (difference.MovedCount == 0)
        {
            return apart.Length > 0 && steps.Length == 0
                ? ("NOT COMPARABLE", Yellow, $" in {Names(apart)}: the models move other things in one step."
                    + (apart.Length < difference.Phases.Length ? Others : ""))
                : ("STEPS CHANGED", Yellow,
                    $": {(steps.Length == 0 ? "the orders of sessions differ" : steps)}; what both have "
                    + $"keeps its order.{unlike}");
        }

        long common = difference.Phases.Sum(static phase => (long)phase.CommonCount);
        string moved = $" in {Where(difference)}: {StepWords.Number(difference.MovedCount)} of "
            + $"{Plural.Of(common, "step")} moved, {Plural.Of(difference.TurnedPairs, "inversion")}";
        string more = steps.Length == 0 ? "" : $" Also {steps}.";
        return ("ORDER CHANGED", Yellow, $"{moved}{Due(difference)}.{more}{unlike}");
    }

    private static string But(PlanDifference difference) =>
        BesideOrder.Of(difference) is { Length: > 0 } beside ? $", but {beside}" : "";

    // All six, or the one that was asked about.
    private static string Where(PlanDifference difference)
    {
        int moved = difference.Phases.Count(static phase => phase.MovedCount > 0);
        return difference.Phases.Length < Phases.Count ? difference.Phases[0].Phase.Name()
            : moved is 0 or Phases.Count ? "all six phases"
            : $"{StepWords.Number(moved)} of {StepWords.Number(Phases.Count)} phases";
    }

    private static string Names(PhaseDifference[] phases) =>
        string.Join(", ", phases.Select(static phase => phase.Phase.Name()));

    // One change that explains everything is said at once.
    private static string Due(PlanDifference difference)
    {
        OrderCause[] own =
            [.. difference.Causes.Where(static cause => cause.Kind != OrderCauseKind.Preserve)];
        if (own.Length != 1 || !own[0].IsWhole)
        {
            return own.Length > 1 ? $", {Plural.Of(own.Length, "cause")}" : "";
        }

        if (own[0].Kind == OrderCauseKind.Model)
        {
            return ", all due to the model";
        }

        if (own[0].Changes.Length > 1)
        {
            return $", all due to {Dependencies(own[0].Changes.Length)} together";
        }

        DependencyChange change = difference.Dependencies[own[0].Changes[0]];
        string gone = change.Second is null ? ", which is gone"
            : change.First is null ? ""
            : ", which changed";
        return $", all due to {PlainText.Id(change.Dependent)} needs {PlainText.Id(change.On)}{gone}";
    }

    private static string Steps(PlanDifference difference)
    {
        List<string> parts = [];
        Add(parts, difference, static phase => phase.OnlySecondCount, "is new", "are new");
        Add(parts, difference, static phase => phase.OnlyFirstCount, "is gone", "are gone");
        Add(parts, difference, static phase => phase.InsideFirstCount,
            "is inside another in the first", "are inside others in the first");
        Add(parts, difference, static phase => phase.InsideSecondCount,
            "is inside another in the second", "are inside others in the second");
        Add(parts, difference, static phase => phase.TokenChangedCount,
            "has another token", "have another token");
        Add(parts, difference, static phase => phase.SessionChangedCount,
            "is in another session", "are in another session");
        Add(parts, difference, static phase => phase.CarriedChangedCount,
            "carries something else", "carry something else");
        return string.Join(", ", parts);
    }

    private static void Add(
        List<string> parts,
        PlanDifference difference,
        Func<PhaseDifference, int> count,
        string one,
        string many)
    {
        long sum = difference.Phases.Sum(phase => (long)count(phase));
        if (sum > 0)
        {
            parts.Add($"{Plural.Of(sum, "step")} {(sum == 1 ? one : many)}");
        }
    }

    private static string Dependencies(int count) => Plural.Of(count, "dependency", "dependencies");

    private static string Refused(PlanDifference difference)
    {
        ImmutableArray<Diagnostic> errors = difference.Refusal;
        bool isTold = errors[0].Cycle is not null || !errors[0].Facts.IsEmpty;
        string sentence = isTold
            ? VerdictSentence.Of(errors[0]).TrimEnd('.')
            : ChangeBlock.SubjectsOf(errors[0]);
        string more = errors.Length > 1 ? $" {Plural.Of(errors.Length - 1, "more problem")} below." : "";
        return $"{sentence} ({errors[0].Code.Text()}).{more}";
    }

    private static string Codes(PlanResult result) => string.Join(", ", result.Diagnostics
        .Where(static found => found.IsError)
        .Select(static found => found.Code.Text())
        .Distinct()
        .Order(StringComparer.Ordinal));
}
