namespace GraphOrder.PageTables;

/// <summary>RISC-V Sv48: 4 levels, 48 bits of input address.</summary>
public readonly struct Sv48 : IRiscVMode
{
    /// <inheritdoc/>
    public static string Name => "riscv-sv48";

    /// <inheritdoc/>
    public static int TopLevel => 3;
}
