namespace GraphOrder.PageTables;

/// <summary>One of the RISC-V paging modes.</summary>
public interface IRiscVMode
{
    /// <summary>Its name on the command line.</summary>
    static abstract string Name { get; }

    /// <summary>Level of the root.</summary>
    static abstract int TopLevel { get; }
}
