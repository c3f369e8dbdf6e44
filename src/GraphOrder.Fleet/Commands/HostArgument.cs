using System.CommandLine;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>A host that somebody names.</summary>
internal static class HostArgument
{
    /// <summary>Makes the argument.</summary>
    public static Argument<string> Create() => new("HOST")
    {
        Description = "The host: the path of its set in the folder, without .json.",
        HelpName = "HOST",
    };

    /// <summary>Looks for it in all failure domains.</summary>
    /// <exception cref="ToolException">The fleet has no such host.</exception>
    public static async Task<InventoryHost> FindAsync(IGrainFactory grains, string host)
    {
        IInventoryGrain[] domains =
        [
            .. (await grains.GetGrain<ICatalogueGrain>(0).DomainsAsync())
                .Select(domain => grains.GetGrain<IInventoryGrain>(domain)),
        ];
        InventoryHost?[] found = await Task.WhenAll(domains.Select(domain => domain.FindAsync(host)));
        if (Array.Find(found, static inventoried => inventoried is not null) is { } there)
        {
            return there;
        }

        string[] known =
            [.. (await FleetHosts.AllAsync(grains)).Select(static listed => listed.Host.Id)];
        throw new ToolException(
            ExitCodes.Refused,
            $"The fleet has no host '{Printable.Of(host)}'."
            + UsageErrors.Meant(host, known, " Plan it first: graph-order fleet plan --hosts DIR."));
    }
}
