namespace GraphOrder.LiveUpdate;

/// <summary>A node of a flattened device tree.</summary>
/// <param name="Path">Its path; <c>/</c> for the root.</param>
internal sealed record DeviceTreeNode(string Path)
{
    /// <summary>Its properties by name.</summary>
    public Dictionary<string, ReadOnlyMemory<byte>> Properties { get; } = new(StringComparer.Ordinal);
}
