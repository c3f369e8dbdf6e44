using GraphOrder.Orleans;
using GraphOrder.Reports;

namespace GraphOrder.Fleet;

/// <summary>Says which hosts cannot be updated, by cause, with one example each.</summary>
internal static class PlanSummary
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(PlannedFolder planned)
    {
        IReadOnlyList<InventoryHost> hosts = planned.Hosts;
        int ready = hosts.Count(static found => found.Standing.IsReady);
        yield return ready == hosts.Count
            ? $"{(ready == 1 ? "The one host" : $"All {ready} hosts")} can be updated."
            : $"{ready} of {Plural.Of(hosts.Count, "host")} can be updated.";
        foreach (IGrouping<string, InventoryHost> cause in hosts
            .Where(static found => !found.Standing.IsReady)
            .GroupBy(static found => found.Standing.Codes.FirstOrDefault("unknown"), StringComparer.Ordinal)
            .OrderByDescending(static group => group.Count()))
        {
            InventoryHost example = cause.First();
            yield return $"  {Plural.Of(cause.Count(), "host")}: {cause.Key}, such as "
                + $"'{Printable.Of(example.Host.Id)}': {Printable.Of(example.Standing.Why)}";
        }

        if (ready < hosts.Count)
        {
            yield return "All of them, with what to do: graph-order survey DIR.";
        }

        if (planned.LeftOut is [var first, ..])
        {
            yield return "Left out, since they are no session sets: "
                + $"{Plural.Of(planned.LeftOut.Length, "document")}, such as '{Printable.Of(first)}'.";
        }
    }
}
