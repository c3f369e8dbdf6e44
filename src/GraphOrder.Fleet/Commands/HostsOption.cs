using System.CommandLine;

namespace GraphOrder.Fleet;

/// <summary><c>--hosts DIR</c>.</summary>
internal static class HostsOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string?> Create() => new("--hosts")
    {
        Description = "A folder tree of session sets: each *.json is a host, called by its path; its "
            + "folder is its failure domain. fleet.json at the top may say other domains, and which host "
            + "needs which.",
        HelpName = "DIR",
    };
}
