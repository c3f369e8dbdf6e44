using GraphOrder.KernelGuest;

namespace GraphOrder.Kernel.Tests;

/// <summary>The first file system of a guest, made of programs of this machine; only under
/// artifacts.</summary>
internal static class RamDisk
{
    private const string GuestPath = "/init";
    private const string ToolPath = "/bin/graph-order";

    /// <summary>Writes it.</summary>
    public static void Write(string path, BootOptions options, string kernel)
    {
        using FileStream stream = File.Create(path);
        CpioWriter archive = new(stream);
        archive.AddDevice("/dev/console", 5, 1);
        foreach (string folder in (string[])["/proc", "/sys", "/tmp", "/run", "/etc"])
        {
            archive.AddFolder(folder);
        }

        archive.AddFile("/kernel", File.ReadAllBytes(kernel), isProgram: false);
        archive.AddFile(GuestPath, File.ReadAllBytes(Programs.Guest), isProgram: true);
        SortedSet<string> libraries = Programs.LibrariesOf(Programs.Guest);
        if (options.WithTool)
        {
            archive.AddFile(ToolPath, File.ReadAllBytes(Programs.Tool), isProgram: true);
            libraries.UnionWith(Programs.LibrariesOf(Programs.Tool));
        }

        // The runtime's own library for digests is large, and only the tool asks for it.
        foreach (string library in libraries.Where(
            file => options.WithTool || !(file.Contains("libssl") || file.Contains("libcrypto"))))
        {
            archive.AddFile(library, File.ReadAllBytes(library), isProgram: true);
        }

        foreach ((string place, string file) in options.Programs)
        {
            archive.AddFile(place, File.ReadAllBytes(file), isProgram: true);
        }

        foreach ((string place, string text) in options.Texts)
        {
            archive.AddFile(place, System.Text.Encoding.UTF8.GetBytes(text), isProgram: false);
        }

        archive.End();
    }
}
