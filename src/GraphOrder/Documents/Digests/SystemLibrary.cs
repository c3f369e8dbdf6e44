using System.Runtime.InteropServices;

namespace GraphOrder;

/// <summary>
/// Whether the system has the library by which the framework digests. Where it has none, as in an initial RAM
/// disk, the framework ends the process.
/// </summary>
internal static class SystemLibrary
{
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so"];

    /// <summary>Whether it is there; found once.</summary>
    public static bool IsThere { get; } = !OperatingSystem.IsLinux() || Array.Exists(Names, CanLoad);

    private static bool CanLoad(string name)
    {
        bool isThere = NativeLibrary.TryLoad(name, out nint library);
        if (isThere)
        {
            NativeLibrary.Free(library);
        }

        return isThere;
    }
}
