using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A plan in, a verdict out. Thread-safe.</summary>
public static class VerifyRequest
{
    /// <summary>Checks a plan against a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="read">What reading the plan gave; a refusal is a verdict of its own.</param>
    /// <param name="kernels">The kernels that it must follow; null for those that it names.</param>
    /// <param name="second">Asked where nothing was found; null for nobody.</param>
    /// <param name="cancellation">As for verifying.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static VerifyResult Answer(
        SessionSet set,
        PlanResult read,
        KernelPair? kernels = null,
        Func<SessionSet, Plan, ImmutableArray<Diagnostic>>? second = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(read);
        if (!read.TryGetPlan(out Plan? plan))
        {
            return Refusal();
        }

        VerifyResult verdict = kernels is null
            ? PlanVerifier.Verify(set, plan, cancellation)
            : PlanVerifier.Verify(set, plan, kernels, cancellation);
        return WithSecond(verdict, set, plan, second);
    }

    /// <summary>Checks a plan against its own certificate alone.</summary>
    /// <inheritdoc cref="Answer"/>
    public static VerifyResult AnswerAlone(
        PlanResult read,
        Func<SessionSet, Plan, ImmutableArray<Diagnostic>>? second = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (!read.TryGetPlan(out Plan? plan))
        {
            return Refusal();
        }

        VerifyResult verdict = PlanVerifier.VerifyCertificate(plan, cancellation);
        return plan.Certificate is { } held ? WithSecond(verdict, held.Set, plan, second) : verdict;
    }

    private static VerifyResult Refusal() =>
        new([new Diagnostic(DiagnosticCode.NoPlan, DiagnosticSeverity.Error)]);

    private static VerifyResult WithSecond(
        VerifyResult verdict,
        SessionSet set,
        Plan plan,
        Func<SessionSet, Plan, ImmutableArray<Diagnostic>>? second) =>
        verdict.IsLegal && second is not null
            ? new VerifyResult([.. verdict.Diagnostics, .. second(set, plan)])
            : verdict;
}
