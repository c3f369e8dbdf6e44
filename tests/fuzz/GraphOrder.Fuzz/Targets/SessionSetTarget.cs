using System.Text;

namespace GraphOrder.Fuzz;

/// <summary>
/// The session set. What is read is written and read again as the same; planned, and the plan is verified.
/// </summary>
internal sealed class SessionSetTarget() : FuzzTarget("session-set")
{
    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => RepositoryFiles.Below("samples", "*.json");

    /// <inheritdoc/>
    protected override void Call(ReadOnlySpan<byte> input)
    {
        SessionSet set;
        try
        {
            set = SessionSet.Read(new MemoryStream(input.ToArray()));
        }
        catch (MalformedDocumentException refused)
        {
            Documents.DemandClear(refused);
            return;
        }

        DemandSame(set);
        KernelPair kernels = KernelPair.Of(set.Host);
        PlanResult result = Planner.Plan(set, kernels);
        using MemoryStream written = new();
        PlanWriter.Write(written, result);
        if (result.TryGetPlan(out Plan? plan))
        {
            VerifyResult verdict = PlanVerifier.Verify(set, plan, kernels);
            Demand(verdict.IsLegal, "what the planner made, the verifier refuses: "
                + string.Join("; ", verdict.Diagnostics.Select(found => DiagnosticSentences.Sentence(found))));
        }
        else
        {
            Demand(result.Diagnostics.Any(found => found.IsError), "there is neither a plan nor an error");
        }

        written.Position = 0;
        _ = PlanReader.Read(written);
    }

    private static void DemandSame(SessionSet set)
    {
        using MemoryStream stream = new();
        SessionSetWriter.Write(stream, set);
        stream.Position = 0;
        try
        {
            Demand(SessionSet.Read(stream).Digest.ToString() == set.Digest.ToString(),
                "what was written reads as another set");
        }
        catch (MalformedDocumentException refused)
        {
            throw new FindingException($"what was written is refused: {refused.Message}\n"
                + Encoding.UTF8.GetString(stream.ToArray()));
        }
    }
}
