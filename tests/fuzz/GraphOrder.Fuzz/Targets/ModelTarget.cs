namespace GraphOrder.Fuzz;

/// <summary>The lifecycle model. What is read is written and read again as the same.</summary>
internal sealed class ModelTarget() : FuzzTarget("model", 1 << 12)
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => RepositoryFiles.Below("samples/models");

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        LifecycleModel model;
        try
        {
            model = ModelReader.Read(new MemoryStream(input.ToArray()));
        }
        catch (MalformedDocumentException refused)
        {
            Documents.DemandClear(refused);
            return;
        }

        byte[] written = Written(model);
        LifecycleModel again = ModelReader.Read(new MemoryStream(written));
        Demand(written.AsSpan().SequenceEqual(Written(again)), "what was written reads as another model");
    }

    private static byte[] Written(LifecycleModel model)
    {
        using MemoryStream stream = new();
        ModelWriter.Write(stream, model);
        return stream.ToArray();
    }
}
