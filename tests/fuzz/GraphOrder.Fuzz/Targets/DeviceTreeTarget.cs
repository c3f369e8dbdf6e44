using GraphOrder.LiveUpdate;

namespace GraphOrder.Fuzz;

/// <summary>The flattened device tree: read twice as the same, and each path once.</summary>
internal sealed class DeviceTreeTarget() : FuzzTarget("fdt", 1 << 12)
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => RepositoryFiles.Below("fixtures/kho-debugfs");

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        string? flaw = FlatDeviceTree.Read(input.ToArray(), out List<DeviceTreeNode> nodes);
        Demand(flaw is null || flaw.Length > 0, "a refusal says nothing");
        Demand(flaw is not null || nodes.Count > 0, "a sound tree has no node");
        Demand(nodes.Select(node => node.Path).Distinct().Count() == nodes.Count, "a path stands twice");
    }
}
