namespace GraphOrder.LiveUpdate;

/// <summary>What an open file is, by what its link in /proc says.</summary>
internal static class HostLink
{
    private const int NameBytesMax = 63;
    private const string MemfdPrefix = "/memfd:";
    private const string Deleted = " (deleted)";
    private const string VfioPrefix = "/dev/vfio/devices/";
    private const string VcpuPrefix = "anon_inode:kvm-vcpu";

    /// <summary>The kind of a file that a live update would have to carry; null for any other file.</summary>
    public static ObjectKind? KindOf(string link) =>
        link.StartsWith(MemfdPrefix, StringComparison.Ordinal) ? ObjectKind.Memfd
        : link == "/dev/iommu" ? ObjectKind.Iommufd
        : link.StartsWith(VfioPrefix, StringComparison.Ordinal) ? ObjectKind.VfioDevice
        : link == "anon_inode:kvm-vm" ? ObjectKind.KvmVm
        : link.StartsWith(VcpuPrefix, StringComparison.Ordinal) ? ObjectKind.KvmVcpu
        : link == "anon_inode:[kvm-gmem]" ? ObjectKind.GuestMemfd
        : null;

    /// <summary>What to tell of a file that is known and cannot be carried; null for any other.</summary>
    public static string? Remark(string link) =>
        link == "anon_inode:[vfio-device]" ? "a vfio device opened through its group"
        : link.StartsWith("/dmabuf:", StringComparison.Ordinal) ? "a dma-buf, which no kernel preserves"
        : null;

    /// <summary>A short name for the file.</summary>
    public static string NameOf(string link, int descriptor)
    {
        string name = link.StartsWith(MemfdPrefix, StringComparison.Ordinal) ? link[MemfdPrefix.Length..]
            : link.StartsWith(VfioPrefix, StringComparison.Ordinal) ? link[VfioPrefix.Length..]
            : link.StartsWith(VcpuPrefix, StringComparison.Ordinal) ? "vcpu" + link[VcpuPrefix.Length..]
            : link == "/dev/iommu" ? "iommufd"
            : link == "anon_inode:kvm-vm" ? "vm" : "gmem";
        name = name.EndsWith(Deleted, StringComparison.Ordinal) ? name[..^Deleted.Length] : name;
        return Clean(name.Replace(":", "", StringComparison.Ordinal)) is { Length: > 0 } clean
            ? clean
            : $"fd{descriptor}";
    }

    /// <summary>The session that a descriptor stands for; null where it stands for none.</summary>
    public static string? SessionOf(string link)
    {
        string name = link.StartsWith(LiveUpdateAbi.SessionLink, StringComparison.Ordinal)
            ? link[LiveUpdateAbi.SessionLink.Length..]
            : "";
        return System.Text.Encoding.UTF8.GetByteCount(name) is > 0 and <= NameBytesMax ? name : null;
    }

    /// <summary>A name with nothing in it that must be quoted somewhere.</summary>
    public static string Clean(string name)
    {
        const int charactersMax = 40;
        char[] clean = [.. name.Take(charactersMax).Select(found =>
            char.IsAsciiLetterOrDigit(found) || found is '.' or '_' or '-' or '#' ? found : '_')];
        return new(clean);
    }
}
