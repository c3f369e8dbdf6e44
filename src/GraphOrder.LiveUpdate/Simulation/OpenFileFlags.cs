namespace GraphOrder.LiveUpdate;

/// <summary>Status flags that programs do not ask for and F_GETFL tells.</summary>
internal static class OpenFileFlags
{
    /// <summary>O_LARGEFILE of x86-64.</summary>
    public const OpenModes Large = (OpenModes)0x8000;
}
