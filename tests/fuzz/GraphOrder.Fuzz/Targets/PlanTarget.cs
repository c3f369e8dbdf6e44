namespace GraphOrder.Fuzz;

/// <summary>
/// The plan. What is read is written and read again as the same; it is accepted or refused by its
/// certificate, and by the set whose digest it names.
/// </summary>
internal sealed class PlanTarget() : FuzzTarget("plan", 1 << 14)
{
    private readonly List<SessionSet> _sets =
        [.. RepositoryFiles.Below("samples", "*.json").Select(sample => SessionSet.Read(new MemoryStream(sample)))];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds()
    {
        foreach (byte[] sample in RepositoryFiles.Below("samples/plans"))
        {
            yield return sample;
        }

        foreach (SessionSet set in _sets)
        {
            foreach (bool isCertified in (bool[])[false, true])
            {
                PlanOptions options = new() { WithCertificate = isCertified };
                yield return Written(Planner.Plan(set, KernelPair.Of(set.Host), options));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        PlanResult read;
        try
        {
            read = PlanReader.Read(new MemoryStream(input.ToArray()));
        }
        catch (MalformedDocumentException refused)
        {
            Documents.DemandClear(refused);
            return;
        }

        byte[] written = Written(read);
        PlanResult again = PlanReader.Read(new MemoryStream(written));
        Demand(written.AsSpan().SequenceEqual(Written(again)), "what was written reads as another plan");
        Tell(VerifyRequest.AnswerAlone(read));
        foreach (SessionSet set in _sets.Where(set => set.Digest.ToString() == read.Input.ToString()))
        {
            Tell(VerifyRequest.Answer(set, read));
        }
    }

    private static void Tell(VerifyResult verdict)
    {
        foreach (Diagnostic found in verdict.Diagnostics)
        {
            Demand(DiagnosticSentences.Message(found).Length > 0, $"{found.Code} has no sentence");
        }
    }

    private static byte[] Written(PlanResult plan)
    {
        using MemoryStream stream = new();
        PlanWriter.Write(stream, plan);
        return stream.ToArray();
    }
}
