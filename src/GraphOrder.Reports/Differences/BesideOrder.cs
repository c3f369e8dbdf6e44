namespace GraphOrder.Reports;

/// <summary>What two plans differ in beside their order.</summary>
internal static class BesideOrder
{
    /// <summary>
    /// The end of a sentence, <c>the set and 2 findings differ</c>; empty where nothing does.
    /// </summary>
    public static string Of(PlanDifference difference)
    {
        PlanResult first = difference.First.Result;
        PlanResult second = difference.Second.Result;
        List<string> parts = [];
        bool isOne = false;
        Add(first.Input.Equals(second.Input) ? 0 : 1, "the set");
        Add(first.Model == second.Model ? 0 : 2, "the models");
        Add(first.Rules.Equals(second.Rules) ? 0 : 2, "the rules");
        AddCount(difference.Dependencies.Length, "dependency", "dependencies");
        AddCount(difference.WaiversAdded.Length + difference.WaiversGone.Length, "waiver", "waivers");
        AddCount(
            difference.DiagnosticsAdded.Length + difference.DiagnosticsGone.Length, "finding", "findings");
        return parts.Count switch
        {
            0 => "",
            1 => $"{parts[0]} {(isOne ? "differs" : "differ")}",
            _ => $"{string.Join(", ", parts[..^1])} and {parts[^1]} differ",
        };

        void AddCount(int count, string one, string many) => Add(count, Plural.Of(count, one, many));

        void Add(int count, string part)
        {
            if (count > 0)
            {
                parts.Add(part);
                isOne = count == 1;
            }
        }
    }
}
