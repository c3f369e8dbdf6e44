using GraphOrder.PageTables;

namespace GraphOrder.Cli;

/// <summary>Opens the image that the user names.</summary>
internal static class WalkImage
{
    /// <summary>Opens it.</summary>
    /// <exception cref="ToolException">It cannot be read, or is no image.</exception>
    public static PhysicalImage Open(WalkQuery query) => Open(query.Image, query.BaseAddress, query.Map);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="baseAddress">Physical address of its first byte, where it is raw.</param>
    /// <param name="map">Whether it is mapped.</param>
    /// <exception cref="ToolException">It cannot be read, or is no image.</exception>
    public static PhysicalImage Open(string path, ulong? baseAddress, bool map = false)
    {
        string name = Printable.Of(path);
        if (path == InputFile.StandardInput)
        {
            throw ToolException.Usage(
                "An image is read by position, and standard input has none. Name a file.");
        }

        if (path.Length == 0)
        {
            throw ToolException.Usage("The name of the image is empty. Name a file.");
        }

        if (Directory.Exists(path))
        {
            throw ToolException.File($"'{name}' is a folder. Name a file in it.");
        }

        if (!File.Exists(path))
        {
            throw ToolException.File($"There is no file '{name}'. Check the path.");
        }

        ImageOptions options = new() { BaseAddress = baseAddress, Map = map };
        return PhysicalImage.TryOpen(path, options, out PhysicalImage? image, out ImageFlaw flaw)
            ? image
            : throw Refusal(name, flaw);
    }

    private static ToolException Refusal(string name, ImageFlaw flaw) => flaw switch
    {
        ImageFlaw.CannotRead => ToolException.File(
            $"'{name}' cannot be read. Check that it is a file, and its permissions."),
        ImageFlaw.CannotMap => ToolException.File($"'{name}' cannot be mapped. Leave out --map."),
        ImageFlaw.NotACore => new(
            ExitCodes.Malformed,
            $"'{name}' is an ELF file, but no 64-bit little-endian core dump. Take a core, or give --base "
            + "to read it as raw memory."),
        ImageFlaw.Truncated => new(
            ExitCodes.Malformed, $"'{name}' ends inside its headers. Take the image again."),
        ImageFlaw.TooManySegments => new(
            ExitCodes.Malformed,
            $"'{name}' says that it has more than 1048576 segments. Take the image again."),
        _ => new(
            ExitCodes.Malformed,
            $"'{name}' has an address that cannot be: not aligned, or beyond 64 bits. Take the image again, "
            + "or check --base."),
    };
}
