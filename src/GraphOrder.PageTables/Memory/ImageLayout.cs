namespace GraphOrder.PageTables;

/// <summary>How a file holds physical memory.</summary>
public enum ImageLayout : byte
{
    /// <summary>Byte for byte, from address 0 or from a base that the caller names.</summary>
    Raw,

    /// <summary>
    /// An ELF64 core: PT_LOAD segments with physical addresses (vmcore, kcore, QEMU dumps).
    /// </summary>
    ElfCore,

    /// <summary>
    /// Magic <c>PAGEIMG1</c>, page count, one word (RTADDR or the first word of a device-table entry), then
    /// for each page its address and its 4096 bytes.
    /// </summary>
    PageList,

    /// <summary>
    /// As <see cref="PageList"/> with magic <c>KHOPAGES</c>; its word is the address of the FDT.
    /// </summary>
    KhoPageList,
}
