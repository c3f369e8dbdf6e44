namespace GraphOrder.Fuzz;

/// <summary>The state of a host, against two sets that it may be of.</summary>
internal sealed class StateTarget() : FuzzTarget("state", 1 << 12)
{
    private readonly SessionSet[] _sets =
    [
        SessionSet.Read(new MemoryStream(RepositoryFiles.Bytes("samples", "two-vms.json"))),
        SessionSet.Read(new MemoryStream(RepositoryFiles.Bytes("samples", "session-set.json"))),
    ];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => RepositoryFiles.Below("samples/states");

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        foreach (SessionSet set in _sets)
        {
            try
            {
                _ = HostStateReader.Read(new MemoryStream(bytes), set);
            }
            catch (MalformedDocumentException refused)
            {
                Documents.DemandClear(refused);
            }
        }
    }
}
