namespace GraphOrder.KernelBehaviour;

/// <summary>One row of what Linux 7.3.4 was seen to do.</summary>
/// <param name="Name">What it is about; unique.</param>
/// <param name="Stages">What it does in the first kernel, and in those after it; one for each kernel at most.
/// </param>
public sealed record BehaviourRow(string Name, params BehaviourStage[] Stages)
{
    /// <summary>What another process does for it; null where no other is needed.</summary>
    public Action<Script>? Elsewhere { get; init; }

    /// <summary>
    /// The machine that it runs on: most share the one without a name; a row that damages what others look
    /// at, or counts what all of them move, has another.
    /// </summary>
    public string Machine { get; init; } = "";

    /// <summary>What the next kernel says when it stops as it starts; null where it goes on.</summary>
    public string? Panic { get; init; }

    /// <summary>What the names of its sessions begin with: rows share a machine.</summary>
    public string Prefix => $"r{BehaviourTable.IndexOf(this):D3}";

    /// <summary>Its stage in a kernel; null where it does nothing there.</summary>
    public BehaviourStage? In(int kernel) => Array.Find(Stages, stage => stage.Kernel == kernel);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
