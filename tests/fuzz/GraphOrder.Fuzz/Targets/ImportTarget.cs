using GraphOrder.LiveUpdate;

namespace GraphOrder.Fuzz;

/// <summary>
/// A file of another program: the set that is made of it can be written, read again and planned; or the
/// refusal says why.
/// </summary>
internal sealed class ImportTarget(
    string name, Func<IEnumerable<byte[]>> seeds, Func<ImportSource, CancellationToken, ImportResult> import)
    : FuzzTarget(name, 1 << 12)
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => seeds();

    /// <summary>Judges what an import gave.</summary>
    /// <exception cref="FindingException">It is neither a sound set nor a clear refusal.</exception>
    public static void Judge(ImportResult result)
    {
        foreach (Diagnostic found in result.Diagnostics)
        {
            Demand(DiagnosticSentences.Message(found).EndsWith('.'), $"{found.Code} has no sentence");
        }

        if (!result.TryGetSet(out SessionSet? set))
        {
            Demand(result.Diagnostics.Any(found => found.IsError), "there is neither a set nor an error");
            return;
        }

        SessionSet again = SessionSet.Read(new MemoryStream(result.Document.ToArray()));
        Demand(again.Digest.ToString() == set.Digest.ToString(), "the document reads as another set");
        _ = Planner.Plan(set, KernelPair.Linux73);
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input) =>
        Judge(import(new("file", new MemoryStream(input.ToArray())), CancellationToken.None));
}
