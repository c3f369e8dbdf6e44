namespace GraphOrder.PageTables;

/// <summary>What a device may do through a translation.</summary>
[Flags]
public enum PageAccess : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read.</summary>
    Read = 1,

    /// <summary>Write.</summary>
    Write = 2,

    /// <summary>Read and write.</summary>
    ReadWrite = Read | Write,

    /// <summary>
    /// Execute, where the format has a bit that grants it (RISC-V X). A bit that only forbids it (x86 XD, Arm
    /// XN) is no grant when it is clear.
    /// </summary>
    Execute = 4,

    /// <summary>All of them: what an entry leaves when it takes nothing away.</summary>
    All = Read | Write | Execute,
}
