namespace GraphOrder.LiveUpdate;

/// <summary>
/// Makes a session set from a running host: what its processes hold that a live update would have to carry.
/// Reads /proc and /sys and changes nothing; any Linux will do. Thread-safe.
/// </summary>
public static class HostImport
{
    /// <summary>Looks at a host.</summary>
    /// <param name="root">A folder that holds <c>proc</c> and <c>sys</c>; <c>/</c> is the machine.</param>
    /// <param name="cancellation">Checked for each process.</param>
    public static ImportResult Read(string root = "/", CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return ImportedSet.Make(
            () => new HostReader(new HostFiles(root), new LinuxCalls()).Read(cancellation), cancellation);
    }
}
