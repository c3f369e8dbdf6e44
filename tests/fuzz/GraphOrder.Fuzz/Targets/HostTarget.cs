using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Fuzz;

/// <summary>
/// What programs of a host say below <c>/proc</c> and <c>/sys</c>. An input is text: each line a word for the
/// place, its number or name, and what is there, with '|' for the end of a line; each makes one file or link
/// of a tree in memory.
/// </summary>
internal sealed class HostTarget() : FuzzTarget("host", 1 << 11)
{
    private const int EntriesMax = 40;
    private const int NameMax = 64;

    private static readonly byte[] Machine = """
        release  7.3.4-liveupdate
        meminfo  MemTotal: 9 kB|MemAvailable: 1048576 kB
        comm 200 qemu-system-x86
        fd 200/3 /memfd:ram (deleted)
        fdinfo 200/3 pos: 0|ino: 5001
        fd 200/4 /dev/iommu
        fd 200/5 /dev/vfio/devices/vfio0
        fd 200/6 anon_inode:kvm-vm
        fd 200/7 anon_inode:kvm-vcpu:0
        fd 200/8 anon_inode:[kvm-gmem]
        maps 200 7f0000000000-7f0000200000 rw-s 00000000 00:01 5001      /memfd:ram (deleted)
        vfio vfio0 ../../devices/pci0000:80/0000:80:01.0/0000:81:00.0/vfio-dev/vfio0
        group 0000:81:00.0 ../../../../kernel/iommu_groups/17
        comm 100 spdk_tgt
        fd 100/20 /memfd:ram (deleted)
        fdinfo 100/20 ino: 5001
        fd 100/21 /dmabuf:
        """u8.ToArray();

    private static readonly byte[] Agent = """
        comm 300 luo-agent
        fd 300/3 /dev/liveupdate
        fd 300/4 anon_inode:[luo_session] vm-07
        fd 300/5 anon_inode:[luo_session] vm-08
        fd 300/6 /memfd:db (deleted)
        comm 301 db
        fd 301/1 anon_inode:[luo_session] vm-07
        maps 301 1-2 rw-s 0 00:01 5009 /memfd:gone (deleted)
        comm 302 locked
        cmdline 302 locked
        """u8.ToArray();

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => [Machine, Agent];

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        string root = ScratchFile.Folder();
        foreach (string line in Encoding.UTF8.GetString(input).Split('\n').Take(EntriesMax))
        {
            string[] words = line.Split(' ', 3);
            if (words.Length == 3 && PlaceOf(words[0], words[1]) is { } place)
            {
                Fill(Path.Combine(root, place), words[2], isLink: words[0] is "fd" or "vfio" or "group");
            }
        }

        ImportTarget.Judge(HostImport.Read(root));
    }

    // Nothing outside the tree, whatever the input names.
    private static string? PlaceOf(string word, string name)
    {
        string[] parts = name.Split('/');
        bool isPlain = Array.TrueForAll(
            parts,
            static part => part.Length is > 0 and < NameMax && part is not ("." or "..") && !part.Contains('\0'));
        return (word, parts.Length, isPlain) switch
        {
            ("release", _, _) => "proc/sys/kernel/osrelease",
            ("meminfo", _, _) => "proc/meminfo",
            ("comm" or "cmdline" or "maps", 1, true) => $"proc/{name}/{word}",
            ("fd" or "fdinfo", 2, true) => $"proc/{parts[0]}/{word}/{parts[1]}",
            ("vfio", 1, true) => $"sys/class/vfio-dev/{name}",
            ("group", 1, true) => $"sys/bus/pci/devices/{name}/iommu_group",
            _ => null,
        };
    }

    private static void Fill(string path, string content, bool isLink)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!isLink)
            {
                File.WriteAllText(path, content.Replace('|', '\n'));
            }
            else if (content.Length > 0 && !content.Contains('\0'))
            {
                File.Delete(path);
                File.CreateSymbolicLink(path, content);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The file system's own limits: a name in the place of a folder, a link that is too long.
        }
    }
}
