namespace GraphOrder.LiveUpdate;

/// <summary>What is handed over of a file of a posted kind.</summary>
internal sealed class PostedRecord(string name)
{
    public string Name { get; } = name;

    /// <summary>Of an iommufd: the marks of its tables.</summary>
    public List<ulong> Marks { get; } = [];

    /// <summary>Of a guest memory: the token of its machine; of a processor too.</summary>
    public ulong Machine { get; set; }
}
