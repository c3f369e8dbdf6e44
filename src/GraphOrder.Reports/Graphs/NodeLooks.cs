using System.Collections.Frozen;

namespace GraphOrder.Reports;

/// <summary>The look of each kind.</summary>
internal static class NodeLooks
{
    private static readonly NodeLook Memory = new("cylinder", "[(", ")]");
    private static readonly NodeLook Container = new("folder", "[[", "]]");
    private static readonly NodeLook Device = new("component", "{{", "}}");
    private static readonly NodeLook Machine = new("box3d", "[[", "]]");
    private static readonly NodeLook Table = new("box", "[", "]");
    private static readonly NodeLook Kernel = new("octagon", "[/", "/]");
    private static readonly NodeLook File = new("note", "(", ")");

    private static readonly FrozenDictionary<ObjectKind, NodeLook> Looks =
        new Dictionary<ObjectKind, NodeLook>
        {
            [ObjectKind.Memfd] = Memory,
            [ObjectKind.MemfdHugetlb] = Memory,
            [ObjectKind.GuestMemfd] = Memory,
            [ObjectKind.Iommufd] = Container,
            [ObjectKind.VfioDevice] = Device,
            [ObjectKind.PciDevice] = Kernel,
            [ObjectKind.PciBridge] = Kernel,
            [ObjectKind.IommuUnit] = Kernel,
            [ObjectKind.Flb] = Kernel,
            [ObjectKind.KvmVm] = Machine,
            [ObjectKind.KvmVcpu] = Machine,
            [ObjectKind.Act] = Act,
            [ObjectKind.File] = File,
            [ObjectKind.DmaBuf] = File,
        }.ToFrozenDictionary();

    /// <summary>A step of the user's own.</summary>
    public static NodeLook Act => new("cds", "([", "])");

    /// <summary>A session as a node.</summary>
    public static NodeLook Session => new("tab", "[[", "]]");

    /// <summary>What stands for many.</summary>
    public static NodeLook Many => new("octagon", "[/", "/]");

    /// <summary>The look of a kind; a box for tables, and for kinds of the user's own.</summary>
    public static NodeLook Of(ObjectKind kind) => Looks.GetValueOrDefault(kind, Table);
}
