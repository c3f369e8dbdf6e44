using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>Declares the hosts of a folder, and lists them by failure domain.</summary>
internal sealed class HostPlanning
{
    // So many documents are on their way at once; silos plan as many as they have processors.
    private const int AtOnce = 32;
    private const long DocumentBytesMax = 64L << 20;

    private readonly IGrainFactory _grains;
    private readonly List<HostFile> _files;
    private readonly ConcurrentDictionary<string, InventoryHost> _hosts = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _leftOut = [];
    private int _plannedCount;

    private HostPlanning(IGrainFactory grains, List<HostFile> files)
    {
        _grains = grains;
        _files = files;
    }

    /// <summary>Declares what a folder holds, and makes it the fleet.</summary>
    /// <param name="grains">Where the hosts' grains are.</param>
    /// <param name="files">The documents of the folder.</param>
    /// <param name="progress">Told how many of how many documents are done.</param>
    /// <param name="cancellation">Cancels it; what is declared by then stays so.</param>
    /// <returns>The hosts, by id, and the documents that are no session sets.</returns>
    public static async Task<PlannedFolder> RunAsync(
        IGrainFactory grains,
        List<HostFile> files,
        Action<int, int> progress,
        CancellationToken cancellation)
    {
        HostPlanning planning = new(grains, files);
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(planning._files, options, async (file, inner) =>
        {
            await planning.DeclareAsync(file, inner);
            progress(Interlocked.Increment(ref planning._plannedCount), planning._files.Count);
        });
        List<InventoryHost> hosts =
            [.. planning._hosts.Values.OrderBy(static found => found.Host.Id, StringComparer.Ordinal)];
        await planning.ListAsync(hosts);
        return new PlannedFolder(hosts, [.. planning._leftOut.Order(StringComparer.Ordinal)]);
    }

    private async Task DeclareAsync(HostFile file, CancellationToken cancellation)
    {
        HostStanding standing;
        try
        {
            if (new FileInfo(file.Path).Length > DocumentBytesMax)
            {
                standing = Unready("too large", "its document is larger than 64 MiB");
            }
            else
            {
                byte[] document = await File.ReadAllBytesAsync(file.Path, cancellation);
                standing = await _grains.GetGrain<IHostGrain>(file.Host.Id).DeclareAsync(document);
            }
        }
        catch (HostDocumentException other) when (other.OtherSchema is not null)
        {
            _leftOut.Add(file.Host.Id);
            return;
        }
        catch (HostDocumentException malformed)
        {
            standing = Unready("malformed", malformed.Message);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            standing = Unready("unreadable", "its document cannot be read");
        }

        _hosts[file.Host.Id] = new InventoryHost(file.Host, standing);
    }

    private async Task ListAsync(List<InventoryHost> hosts)
    {
        if (hosts.Count == 0)
        {
            throw ToolException.File(
                "None of the documents is a session set. Name a folder of session sets.");
        }

        ICatalogueGrain catalogue = _grains.GetGrain<ICatalogueGrain>(0);
        ILookup<string, InventoryHost> byDomain = hosts.ToLookup(
            static found => found.Host.Domain, StringComparer.Ordinal);
        ImmutableArray<string> domains =
            [.. byDomain.Select(static group => group.Key).Order(StringComparer.Ordinal)];
        foreach (string domain in domains.Union(await catalogue.DomainsAsync()))
        {
            await _grains.GetGrain<IInventoryGrain>(domain).ListAsync([.. byDomain[domain]]);
        }

        await catalogue.ListDomainsAsync(domains);
    }

    private static HostStanding Unready(string code, string why) => new() { Codes = [code], Why = why };
}
