using System.Collections.Immutable;
using System.Text.Json;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>How a fleet stands: roll-outs and failure domains. Immutable.</summary>
/// <param name="Rollouts">In the order of their starts.</param>
/// <param name="Domains">By name.</param>
internal sealed record FleetStatus(
    ImmutableArray<RolloutSummary> Rollouts, ImmutableArray<DomainStatus> Domains)
{
    /// <summary>Whether there are roll-outs, and nothing more happens in any.</summary>
    public bool IsOver => !Rollouts.IsEmpty && Rollouts.All(static rollout => rollout.Standing.IsOver);

    /// <summary>Asks for it: a question to each roll-out and two to each domain, and none to a
    /// host.</summary>
    public static async Task<FleetStatus> ReadAsync(IGrainFactory grains)
    {
        ICatalogueGrain catalogue = grains.GetGrain<ICatalogueGrain>(0);
        RolloutSummary[] rollouts = await Task.WhenAll((await catalogue.RolloutsAsync()).Select(async id =>
            new RolloutSummary(id, await grains.GetGrain<IRolloutGrain>(id).StandingAsync())));
        DomainStatus[] domains = await Task.WhenAll((await catalogue.DomainsAsync()).Select(async name =>
            new DomainStatus(
                name,
                await grains.GetGrain<IInventoryGrain>(name).CountAsync(),
                await grains.GetGrain<IFailureDomainGrain>(name).StandingAsync())));
        return new FleetStatus([.. rollouts.Where(static found => found.Standing.IsStarted)], [.. domains]);
    }

    /// <summary>Writes it as <c>graphorder/fleet-status/1</c>.</summary>
    public void Write(Stream output)
    {
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schema", "graphorder/fleet-status/1");
        json.WriteStartArray("rollouts");
        foreach (RolloutSummary rollout in Rollouts)
        {
            Write(json, rollout);
        }

        json.WriteEndArray();
        json.WriteStartArray("domains");
        foreach (DomainStatus domain in Domains)
        {
            json.WriteStartObject();
            json.WriteString("domain", domain.Name);
            json.WriteNumber("hosts", domain.Hosts.Hosts);
            json.WriteNumber("ready", domain.Hosts.Ready);
            json.WriteNumber("away", domain.Standing.Away.Length);
            json.WriteNumber("awayMax", domain.Standing.Policy.AwayMax);
            json.WriteNumber("failed", domain.FailedCount);
            json.WriteStartArray("failedHosts");
            foreach (Permit failed in domain.Failed)
            {
                json.WriteStringValue(failed.Order.Host);
            }

            json.WriteEndArray();
            json.WriteBoolean("halted", domain.Standing.IsHalted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RolloutSummary rollout)
    {
        json.WriteStartObject();
        json.WriteString("rollout", rollout.Id);
        json.WriteString("status", rollout.Word);
        if (rollout.Standing.Why.Length > 0)
        {
            json.WriteString("why", rollout.Standing.Why);
        }

        json.WriteNumber("hosts", rollout.Standing.HostCount);
        json.WriteNumber("openWave", rollout.Standing.OpenWave);
        json.WriteStartArray("waves");
        foreach (WaveCounts wave in rollout.Standing.Waves)
        {
            json.WriteStartObject();
            json.WriteNumber("waiting", wave.Waiting);
            json.WriteNumber("updating", wave.Updating);
            json.WriteNumber("done", wave.Done);
            json.WriteNumber("failed", wave.Failed);
            json.WriteNumber("blocked", wave.Blocked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
