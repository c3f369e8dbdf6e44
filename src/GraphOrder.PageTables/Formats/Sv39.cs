namespace GraphOrder.PageTables;

/// <summary>RISC-V Sv39: 3 levels, 39 bits of input address.</summary>
public readonly struct Sv39 : IRiscVMode
{
    /// <inheritdoc/>
    public static string Name => "riscv-sv39";

    /// <inheritdoc/>
    public static int TopLevel => 2;
}
