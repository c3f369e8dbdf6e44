namespace GraphOrder;

/// <summary>What comes or what goes with a change, by name.</summary>
internal sealed class ChangeSide
{
    public List<string> Sessions { get; } = [];

    public List<string> Objects { get; } = [];

    /// <summary>What was declared: an id or <c>session:NAME</c> at each end.</summary>
    public List<(string Dependent, string On)> Dependencies { get; } = [];

    public List<ChangedArea> Areas { get; } = [];

    public bool IsEmpty =>
        Sessions.Count == 0 && Objects.Count == 0 && Dependencies.Count == 0 && Areas.Count == 0;
}

/// <summary>An area that comes or goes.</summary>
/// <param name="Ioas">The IOAS that has it.</param>
/// <param name="Iova">Its first I/O virtual address.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="File">The file behind it.</param>
internal readonly record struct ChangedArea(string Ioas, ulong Iova, ulong Bytes, string File);
