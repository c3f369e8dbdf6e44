namespace GraphOrder;

/// <summary>The words in which documents write the rule of a phase (contract, <c>model.md</c>).</summary>
internal static class PhaseRuleText
{
    /// <summary>What may move as one, in the order of <see cref="StepUnit"/>.</summary>
    public static readonly string[] Units = ["object", "file", "session", "everything"];

    /// <summary>What may decide inside a session, in the order of <see cref="InsideSession"/>.</summary>
    public static readonly string[] Insides =
        ["chosen", "preserve forward", "preserve backward", "together"];

    /// <summary>How sessions follow one another: <c>interleaved</c>, or <c>create backward</c>.</summary>
    public static string Between(PhaseRule rule) => rule.Between.IsInterleaved
        ? rule.Between.Name
        : $"{rule.Between.Name} {(rule.IsBackward ? "backward" : "forward")}";

    /// <summary>Reads what <see cref="Between"/> writes.</summary>
    public static bool TryParseBetween(string text, out SessionOrder order, out bool isBackward)
    {
        string[] words = text.Split(' ');
        isBackward = words[^1] == "backward";
        bool isNamed = words.Length == 2
            && SessionOrder.IsName(words[0])
            && words[1] is "forward" or "backward";
        order = isNamed ? SessionOrder.Named(words[0]) : SessionOrder.Interleaved;
        return isNamed || text == SessionOrder.Interleaved.Name;
    }
}
