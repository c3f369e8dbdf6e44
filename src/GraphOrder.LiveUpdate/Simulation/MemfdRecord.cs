namespace GraphOrder.LiveUpdate;

/// <summary>What the kernel hands over of a memfd (struct memfd_luo_ser, and the pages it leads
/// to).</summary>
internal sealed class MemfdRecord(PageContent content, Seals seals)
{
    public PageContent Content { get; } = content;

    /// <summary>As they were when it was preserved.</summary>
    public Seals Seals { get; } = seals;

    /// <summary>As it was when it was frozen.</summary>
    public long Position { get; set; }

    /// <summary>What the damaged record makes of a retrieve.</summary>
    public Errno Fault { get; set; }
}
