using GraphOrder.Cli;
using GraphOrder.Orleans;

namespace GraphOrder.Fleet;

/// <summary>
/// The hosts of a folder tree: each <c>*.json</c> is a host, called by its path without the ending; the
/// folder that it lies in is its failure domain, unless <c>fleet.json</c> says another.
/// </summary>
internal static class HostFolder
{
    private const string Extension = ".json";
    private const string TopDomain = "default";

    /// <summary>
    /// The documents, by host. Links and what begins with a dot are not followed; what is no regular file is
    /// left out.
    /// </summary>
    /// <exception cref="ToolException">It is no folder, has no document, or its fleet.json is
    /// wrong.</exception>
    public static List<HostFile> Read(string folder, CancellationToken cancellation)
    {
        string name = Printable.Of(folder);
        if (!Directory.Exists(folder))
        {
            throw ToolException.File(File.Exists(folder)
                ? $"'{name}' is a file. Name the folder of session sets that it lies in."
                : $"There is no folder '{name}'. Check the path.");
        }

        FleetDocument document = FleetDocument.Read(folder);
        List<HostFile> hosts = [];
        foreach (string path in Find(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            string id = Path.GetRelativePath(folder, path)[..^Extension.Length].Replace('\\', '/');
            if (id != Path.GetFileNameWithoutExtension(FleetDocument.FileName))
            {
                hosts.Add(new HostFile(path, HostOf(id, document)));
            }
        }

        if (hosts.Count == 0)
        {
            throw ToolException.File(
                $"There is no *.json in '{name}'. Name a folder of session sets, or make one: graph-order "
                + "fleet sample DIR.");
        }

        DemandOrder(Path.Combine(folder, FleetDocument.FileName), document, hosts);
        hosts.Sort(static (one, other) => string.CompareOrdinal(one.Host.Id, other.Host.Id));
        return hosts;
    }

    private static IEnumerable<string> Find(string folder)
    {
        EnumerationOptions all = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint | FileAttributes.Device,
            IgnoreInaccessible = false,
        };
        return Directory.EnumerateFiles(folder, "*" + Extension, all);
    }

    private static FleetHost HostOf(string id, FleetDocument document)
    {
        int slash = id.LastIndexOf('/');
        string domain = document.Domains.GetValueOrDefault(id, slash < 0 ? TopDomain : id[..slash]);
        return new FleetHost(id, domain) { Needs = [.. document.Needs.GetValueOrDefault(id, [])] };
    }

    // Now, and not when a roll-out is to start.
    private static void DemandOrder(string path, FleetDocument document, List<HostFile> hosts)
    {
        HashSet<string> known = [.. hosts.Select(static file => file.Host.Id)];
        foreach (string id in document.Domains.Keys
            .Concat(document.Needs.Keys)
            .Concat(document.Needs.Values.SelectMany(static needs => needs)))
        {
            if (!known.Contains(id))
            {
                throw new ToolException(
                    ExitCodes.Malformed,
                    $"'{Printable.Of(path)}' names the host '{Printable.Of(id)}', for which there is "
                    + $"no '{Printable.Of(id)}{Extension}'. Add that set, or leave the host out.");
            }
        }

        try
        {
            FleetWaves.Of([.. hosts.Select(static file => file.Host)]);
        }
        catch (FleetOrderException circle)
        {
            throw new ToolException(ExitCodes.Malformed, $"'{Printable.Of(path)}': {circle.Message}");
        }
    }
}
