using System.Globalization;
using GraphOrder.Orleans;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GraphOrder.Fleet;

/// <summary>Draws how a fleet stands.</summary>
internal static class StatusTable
{
    // More domains than fit on a screen tell nobody anything: those in which something happens come first.
    private const int DomainCountMax = 40;
    private const int FailedCountMax = 5;

    // Heads, the empty line behind each table, and what is said below.
    private const int OtherLines = 6;

    /// <summary>The tables.</summary>
    /// <param name="status">What they show.</param>
    /// <param name="lines">How many lines there are room for.</param>
    public static IRenderable Draw(FleetStatus status, int lines = int.MaxValue)
    {
        string[] failed = [.. Failed(status)];
        int domainCount = Math.Clamp(
            lines - OtherLines - Math.Max(1, status.Rollouts.Length) - failed.Length, 1, DomainCountMax);
        List<IRenderable> parts = [];
        if (status.Rollouts.IsEmpty)
        {
            parts.Add(new Text("No roll-out yet. Start one: graph-order fleet rollout start NAME"));
        }
        else
        {
            parts.Add(Rollouts(status));
        }

        parts.Add(new Text(""));
        parts.Add(Domains(status, domainCount));
        parts.AddRange(failed.Select(static line => new Text(line)));
        int more = status.Domains.Length - domainCount;
        if (more > 0)
        {
            parts.Add(new Text($"and {more} more domains; --format json has all."));
        }

        return new Rows(parts);
    }

    private static IEnumerable<string> Failed(FleetStatus status)
    {
        Permit[] failed = [.. status.Domains.SelectMany(static domain => domain.Failed)];
        foreach (Permit one in failed.Take(FailedCountMax))
        {
            string host = Printable.Of(one.Order.Host);
            yield return $"{host} failed in '{Printable.Of(one.Order.Rollout)}'. When it is repaired: "
                + $"graph-order fleet repaired {host}";
        }

        if (failed.Length > FailedCountMax)
        {
            yield return $"and {failed.Length - FailedCountMax} more failed; --format json has all.";
        }
    }

    private static Table Rollouts(FleetStatus status)
    {
        Table table = Empty(
            "roll-out", "", "wave", "hosts", "done", "updating", "waiting", "failed", "blocked");
        foreach (RolloutSummary rollout in status.Rollouts)
        {
            WaveCounts total = rollout.Total;
            string wave = rollout.Standing.Waves.IsEmpty
                ? ""
                : $"{rollout.Standing.OpenWave + 1}/{rollout.Standing.Waves.Length}";
            string word = rollout.Standing.Why.Length > 0
                ? $"{rollout.Word}: {rollout.Standing.Why}"
                : rollout.Word;
            table.AddRow(
                Words(rollout.Id),
                Words(word),
                Words(wave),
                Number(rollout.Standing.HostCount),
                Number(total.Done),
                Number(total.Updating),
                Number(total.Waiting),
                Number(total.Failed),
                Number(total.Blocked));
        }

        return table;
    }

    private static Table Domains(FleetStatus status, int countMax)
    {
        Table table = Empty("domain", "hosts", "ready", "away", "failed", "");
        foreach (DomainStatus domain in status.Domains
            .OrderByDescending(static found => found.Standing.IsHalted)
            .ThenByDescending(static found => found.FailedCount)
            .ThenByDescending(static found => !found.Standing.Away.IsEmpty)
            .ThenBy(static found => found.Name, StringComparer.Ordinal)
            .Take(countMax))
        {
            table.AddRow(
                Words(domain.Name),
                Number(domain.Hosts.Hosts),
                Number(domain.Hosts.Ready),
                Words($"{domain.Standing.Away.Length} of {domain.Standing.Policy.AwayMax}"),
                Number(domain.FailedCount),
                Words(domain.Standing.IsHalted ? "halted: too many failed" : ""));
        }

        return table;
    }

    private static Table Empty(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(Words(column)).NoWrap().Padding(0, 0, 2, 0));
        }

        return table;
    }

    // Names come from files: nothing of them is markup or moves the cursor.
    private static Text Words(string text) => new(Printable.Of(text));

    private static Text Number(int count) => new(count.ToString(CultureInfo.InvariantCulture));
}
