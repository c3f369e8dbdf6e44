namespace GraphOrder.PageTables;

/// <summary>RISC-V Sv57: 5 levels, 57 bits of input address.</summary>
public readonly struct Sv57 : IRiscVMode
{
    /// <inheritdoc/>
    public static string Name => "riscv-sv57";

    /// <inheritdoc/>
    public static int TopLevel => 4;
}
