using System.Globalization;
using System.Text;

namespace GraphOrder.Reports;

/// <summary>
/// Writes reasons: <c>needs 3, 4: ioas maps ram, vm-01/ram</c>. Every reason names step numbers; what is left
/// out for length is counted.
/// </summary>
internal static class ReasonText
{
    private const int GroupsMax = 4;
    private const int NumbersMax = 6;
    private const int NamesMax = 3;

    /// <summary>The reasons of one step as its line shows them; empty where there are none.</summary>
    public static string Of(List<Reason> reasons, SessionId session, ReportNames names)
    {
        StringBuilder text = new();
        foreach (List<Reason> group in Grouped(reasons))
        {
            int[] steps = [.. group.Select(static reason => reason.Step).Order()];
            Append(text, group, NumberRuns.Of(steps, ", ", NumbersMax), session, names);
        }

        return text.ToString();
    }

    /// <summary>
    /// The same with roles in place of the numbers of the session's own steps, so that the reasons of two
    /// sessions compare equal where the sessions play the same part.
    /// </summary>
    public static string RolesOf(List<Reason> reasons, SessionId session, ReportNames names)
    {
        StringBuilder text = new();
        foreach (List<Reason> group in Grouped(reasons))
        {
            IEnumerable<string> roles = group.Select(reason => names.HomeOf(reason.Mover) == session
                ? names.Short(reason.Mover, session)
                : reason.Step.ToString(CultureInfo.InvariantCulture));
            Append(text, group, string.Join(", ", roles), session, names);
        }

        return text.ToString();
    }

    private static List<List<Reason>> Grouped(List<Reason> reasons)
    {
        List<List<Reason>> groups = [];
        Dictionary<(string Lead, Phase? Phase), List<Reason>> byLead = [];
        foreach (Reason reason in reasons)
        {
            if (!byLead.TryGetValue((reason.Phrase.Lead, reason.Phase), out List<Reason>? group))
            {
                group = [];
                groups.Add(group);
                byLead.Add((reason.Phrase.Lead, reason.Phase), group);
            }

            group.Add(reason);
        }

        if (groups.Count > GroupsMax)
        {
            // The words of the rest do not fit, its numbers do.
            List<Reason> rest = [.. groups.Skip(GroupsMax - 1).SelectMany(static group => group)
                .Select(static reason => reason with { Phrase = default, Phase = null })];
            groups.RemoveRange(GroupsMax - 1, groups.Count - GroupsMax + 1);
            groups.Add(rest);
        }

        return groups;
    }

    private static void Append(
        StringBuilder text, List<Reason> group, string steps, SessionId session, ReportNames names)
    {
        text.Append(text.Length > 0 ? "; " : "");
        text.Append(group[0].Phase is { } other ? $"after {steps} for {other.Name()}" : $"needs {steps}");
        if (string.IsNullOrEmpty(group[0].Phrase.Lead))
        {
            return;
        }

        text.Append(": ").Append(group[0].Phrase.Lead);
        HashSet<DependencyEnd> told = [];
        foreach (Reason reason in group)
        {
            if (reason.Phrase.NamesNeeded && told.Add(reason.Needed) && told.Count <= NamesMax)
            {
                text.Append(told.Count == 1 ? " " : ", ").Append(NameOf(reason.Needed, session, names));
            }
        }

        _ = told.Count > NamesMax ? text.Append(" and ").Append(told.Count - NamesMax).Append(" more") : text;
    }

    private static string NameOf(DependencyEnd needed, SessionId session, ReportNames names) =>
        !needed.IsSession ? names.Of(needed, session)
        : needed.SessionId == session ? "its session"
        : names.Of(needed.SessionId);
}
