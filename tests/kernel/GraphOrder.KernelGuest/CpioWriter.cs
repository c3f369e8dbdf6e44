using System.Globalization;
using System.Text;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Writes the archive that Linux unpacks as its first file system: "newc", a header of hexadecimal numbers, the
/// name, the bytes, each padded to 4 (Documentation/driver-api/early-userspace/buffer-format.rst). Several
/// archives behind one another are one; of two files with a name the later one stays. Folders are made as
/// files
/// need them.
/// </summary>
internal sealed class CpioWriter(Stream stream)
{
    private const int Alignment = 4;
    private const uint FolderMode = 0x41ED;
    private const uint ProgramMode = 0x81ED;
    private const uint FileMode = 0x81A4;
    private const uint TerminalMode = 0x2180;
    private const uint LinkMode = 0xA1FF;

    private readonly HashSet<string> _folders = [];
    private uint _inode;

    /// <summary>Adds a file, at an absolute path.</summary>
    public void AddFile(string path, ReadOnlySpan<byte> bytes, bool isProgram)
    {
        AddFoldersOf(path);
        Add(path, isProgram ? ProgramMode : FileMode, bytes, 0, 0);
    }

    /// <summary>Adds a folder and those above it.</summary>
    public void AddFolder(string path)
    {
        AddFoldersOf(path);
        if (_folders.Add(path))
        {
            Add(path, FolderMode, [], 0, 0);
        }
    }

    /// <summary>Adds a symbolic link.</summary>
    public void AddLink(string path, string to)
    {
        AddFoldersOf(path);
        Add(path, LinkMode, Encoding.UTF8.GetBytes(to), 0, 0);
    }

    /// <summary>Adds a character device.</summary>
    public void AddDevice(string path, uint major, uint minor)
    {
        AddFoldersOf(path);
        Add(path, TerminalMode, [], major, minor);
    }

    /// <summary>Ends the archive; the stream stays open.</summary>
    public void End()
    {
        _inode = 0;
        Add("/TRAILER!!!", 0, [], 0, 0);
        stream.Flush();
    }

    private void AddFoldersOf(string path)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_folders.Add(path[..slash]))
            {
                Add(path[..slash], FolderMode, [], 0, 0);
            }
        }
    }

    private void Add(string path, uint mode, ReadOnlySpan<byte> bytes, uint major, uint minor)
    {
        byte[] name = Encoding.UTF8.GetBytes(path[1..] + "\0");
        uint links = mode == FolderMode ? 2u : 1u;
        uint[] fields =
        [
            ++_inode, mode, 0, 0, links, 0, (uint)bytes.Length, 0, 0, major, minor, (uint)name.Length, 0,
        ];
        StringBuilder header = new("070701");
        foreach (uint field in fields)
        {
            header.Append(field.ToString("X8", CultureInfo.InvariantCulture));
        }

        Write(Encoding.ASCII.GetBytes(header.ToString()), name);
        Write(bytes);
    }

    private void Write(params ReadOnlySpan<byte[]> parts)
    {
        int length = 0;
        foreach (byte[] part in parts)
        {
            stream.Write(part);
            length += part.Length;
        }

        Pad(length);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Pad(bytes.Length);
    }

    private void Pad(int length)
    {
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        stream.Write(zeros[..((Alignment - (length % Alignment)) % Alignment)]);
    }
}
