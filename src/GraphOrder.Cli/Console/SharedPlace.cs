namespace GraphOrder.Cli;

/// <summary>
/// What others may have laid in this tool's way: links in folders that everybody may write, and files that
/// others may write. Linux does not follow the first where fs.protected_symlinks is set
/// (Documentation/admin-guide/sysctl/fs.rst); the tool never does, since it looks through links itself.
/// </summary>
internal static class SharedPlace
{
    /// <summary>Refuses a link in a folder in which everybody may make files, such as /tmp.</summary>
    /// <exception cref="ToolException">It is one.</exception>
    public static void DemandNoLink(string path)
    {
        string full = Path.GetFullPath(path);
        if (!OperatingSystem.IsWindows()
            && new FileInfo(full).LinkTarget is { } target
            && Path.GetDirectoryName(full) is { } folder
            && (File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != 0)
        {
            throw ToolException.File(
                $"'{Printable.Of(path)}' is a link to '{Printable.Of(target)}' in a folder that everybody "
                + "may write, so anybody may have laid it. Name the file itself.");
        }
    }

    /// <summary>Refuses to act on a journal that others than its owner may have changed.</summary>
    /// <exception cref="ToolException">They may have.</exception>
    public static void DemandOwnersAlone(string journal)
    {
        const UnixFileMode others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        DemandNoLink(journal);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(journal) & others) != 0)
        {
            string name = Printable.Of(journal);
            throw ToolException.File(
                $"The journal '{name}' may be written by others than its owner, so it may say what never "
                + $"happened. Compare it with what you know, then 'chmod go-w {name}'.");
        }
    }
}
