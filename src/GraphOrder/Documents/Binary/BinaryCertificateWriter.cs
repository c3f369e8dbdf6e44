namespace GraphOrder;

/// <summary>
/// Writes a plan and its certificate in the binary form that <c>goplan_check.h</c> reads
/// (binary-certificate.md). Equal plans give equal bytes. Thread-safe.
/// </summary>
public static class BinaryCertificateWriter
{
    /// <summary>Writes a plan; the stream stays open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="plan">
    /// A plan that was made with its certificate (<see cref="PlanOptions.WithCertificate"/>). That it is
    /// legal is for the reader to find.
    /// </param>
    /// <exception cref="ArgumentException">
    /// It has no certificate, or says of a step what its certificate does not, which this form cannot hold.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <remarks>O(V + E), and sorting of the names.</remarks>
    public static void Write(Stream output, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(plan);
        if (!TryWrite(plan, out byte[] bytes))
        {
            throw new ArgumentException(
                "The plan has no certificate, or contradicts it in a way that the form cannot hold.",
                nameof(plan));
        }

        output.Write(bytes);
    }

    /// <summary>The bytes of a plan; none where the form cannot hold it.</summary>
    internal static bool TryWrite(Plan plan, out byte[] bytes)
    {
        bytes = [];
        if (plan.Certificate is not { } certificate
            || certificate.KernelsOf(plan.Model) is not { } kernels
            || !PlanNumbers.TryRead(plan, certificate.Set, kernels, out PlanNumbers? numbers))
        {
            return false;
        }

        BinaryDependency[] dependencies = BinaryDependency.AllOf(certificate.Set, plan.Waived);
        BinaryRanks ranks = BinaryRanks.Of(certificate.Set, kernels, dependencies);
        BinarySections sections = new(certificate.Set, kernels, plan.Model);
        sections.WriteHeader(plan, numbers, dependencies.Length, ranks);
        sections.WriteFacts(dependencies);
        sections.WriteNumbers(numbers);
        sections.WriteRanks(ranks);
        sections.WriteNames();
        bytes = sections.ToArray();
        return true;
    }
}
