using GraphOrder.PageTables;

namespace GraphOrder.Mappings.Tests;

/// <summary>What a test changes of an <see cref="AreaHost{TFormat}"/>, whatever the format.</summary>
internal interface IAreaHost
{
    const ulong Low = 0x1_0000_0000;
    const ulong Scattered = 0x2_0000_0000;
    const ulong Rom = 0x3_0000_0000;
    const ulong Other = 0x4_0000_0000;
    const ulong RomIova = 0x4000_0000;

    static ObjectId RamId => new(0);

    static ObjectId RomId => new(1);

    List<FileExtent> Ram { get; }

    List<FileExtent> OtherRam { get; }

    List<IoasArea> Areas { get; }

    long RamBytes { get; set; }

    PlatformFacts? Platform { get; set; }

    bool UsesFolios { get; set; }

    bool HasSecondDomain { get; set; }

    ObjectKind RomKind { get; set; }

    void MapAll();

    void Map(ulong iova, ulong physical, ulong bytes, PageAccess access);

    void Unmap(ulong iova, ulong bytes);

    void Remap(ulong iova, ulong physical, PageAccess access);

    ulong PhysicalOf(ulong page);

    WalkedDomain[] Walk();
}
