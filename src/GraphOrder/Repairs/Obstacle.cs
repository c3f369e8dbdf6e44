namespace GraphOrder;

/// <summary>
/// One reason why a set has no order: a closed walk, or two files that a kernel wants in one session. It
/// stays as long as none of these files changes its session and none of these dependencies is waived.
/// </summary>
/// <param name="Files">The files, as objects, that may change their session; sorted.</param>
/// <param name="Sessions">The sessions of all files on it; sorted.</param>
/// <param name="Soft">The soft dependencies on it; sorted.</param>
internal sealed record Obstacle(int[] Files, int[] Sessions, int[] Soft)
{
    /// <summary>The objects that it leads through, in its order; for whoever has to be told.</summary>
    public int[] Through { get; init; } = [];

    /// <summary>Whether moving files may remove it.</summary>
    public bool IsMovable => Files.Length > 0;

    /// <summary>Whether nothing that a repair may do removes it.</summary>
    public bool IsHopeless => Files.Length == 0 && Soft.Length == 0;
}
