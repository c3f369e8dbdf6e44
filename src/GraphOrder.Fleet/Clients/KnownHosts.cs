using GraphOrder.Cli;
using GraphOrder.Orleans;
using GraphOrder.Reports;

namespace GraphOrder.Fleet;

/// <summary>The hosts that a fleet had before a folder became it. Immutable.</summary>
internal sealed class KnownHosts
{
    private readonly HashSet<string> _ids;

    private KnownHosts(HashSet<string> ids) => _ids = ids;

    /// <summary>Asks for them.</summary>
    public static async Task<KnownHosts> ReadAsync(IGrainFactory grains) =>
        new([.. (await FleetHosts.AllAsync(grains)).Select(static known => known.Host.Id)]);

    /// <summary>A folder in which none of them is left is most likely the wrong one.</summary>
    /// <param name="files">The documents of the folder.</param>
    /// <param name="wayOut">What to do where it is the right one.</param>
    /// <exception cref="ToolException">None of them is left.</exception>
    public void DemandSome(IEnumerable<HostFile> files, string wayOut)
    {
        if (_ids.Count > 0 && !files.Any(file => _ids.Contains(file.Host.Id)))
        {
            throw new ToolException(
                ExitCodes.Refused,
                $"The fleet has {Some([.. _ids.Order(StringComparer.Ordinal)])}, and the folder has none of "
                    + $"them. Name their folder; {wayOut}");
        }
    }

    /// <summary>Which hosts came and which went; nothing where it was empty, or has the same.</summary>
    public IEnumerable<string> Changes(IReadOnlyList<InventoryHost> now)
    {
        HashSet<string> left = [.. now.Select(static found => found.Host.Id)];
        string[] came = [.. left.Where(id => !_ids.Contains(id)).Order(StringComparer.Ordinal)];
        string[] went = [.. _ids.Where(id => !left.Contains(id)).Order(StringComparer.Ordinal)];
        if (_ids.Count > 0 && came.Length > 0)
        {
            yield return $"New in the fleet: {Some(came)}.";
        }

        if (went.Length > 0)
        {
            yield return $"No longer in the fleet: {Some(went)}.";
        }
    }

    private static string Some(string[] ids) =>
        $"{Plural.Of(ids.Length, "host")}, such as '{Printable.Of(ids[0])}'";
}
