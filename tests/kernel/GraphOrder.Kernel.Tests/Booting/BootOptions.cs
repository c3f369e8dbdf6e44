namespace GraphOrder.Kernel.Tests;

/// <summary>What a boot is for.</summary>
/// <param name="Mode">What the guest is to do.</param>
/// <param name="Argument">What with; without blanks.</param>
internal sealed record BootOptions(string Mode, string Argument = "")
{
    /// <summary>Whether the tool is in the guest, as /bin/graph-order.</summary>
    public bool WithTool { get; init; }

    /// <summary>More files: paths in the guest and the files they are copies of.</summary>
    public Dictionary<string, string> Programs { get; init; } = [];

    /// <summary>More files: paths in the guest and texts.</summary>
    public Dictionary<string, string> Texts { get; init; } = [];

    /// <summary>Words for the kernel.</summary>
    public string KernelWords { get; init; } = "";

    /// <summary>
    /// Memory of the machine, in MiB. With the tool the RAM disk is there several times while a kernel is
    /// loaded,
    /// and half of all memory is kept for the next kernel's beginning.
    /// </summary>
    public int MemoryMegabytes
    {
        get => field > 0 ? field : WithTool ? 1024 : 512;
        init;
    }

    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(180);
}
