using System.Collections.Immutable;
using static GraphOrder.DiagnosticCode;

namespace GraphOrder;

/// <summary>GO5: what can be wrong with a plan that somebody made.</summary>
internal static class PlanEntries
{
    public static ImmutableArray<DiagnosticEntry> All { get; } =
    [
        new(OtherSet, "a plan for another set",
            "The plan was made for another set: its input is {found}, and this set is {expected}.",
            "Plan this set anew.",
            "A plan names the digest of the set that it was made for. Any change of the set changes it, "
            + "but for the order of its members and dependencies."),
        new(DependencyViolated, "a dependency is violated",
            "In {phase} {first} must go before {then}, since {0} needs {1}; the plan has it the other "
            + "way round.",
            "Do not run this plan.",
            "The first violated dependency of each phase is named."),
        new(StepMissing, "a step is missing",
            "{phase} has no step for {0}.",
            "Do not run this plan.",
            "Every file has one step in every phase."),
        new(StepRepeated, "a step stands twice",
            "{phase} has two steps for {0}: {first} and {step}.",
            "Do not run this plan.",
            "Every file has one step in every phase."),
        new(StepUnknown, "a step of something that has none",
            "Step {step} of {phase} moves '{0}', which has no step of its own in this set.",
            "Do not run this plan.",
            "Only files have steps under the linux models; what they carry and what the kernel moves "
            + "have none."),
        new(WrongToken, "a wrong token",
            "Step {step} of {phase} gives {0} the token {found}; it is {expected}.",
            "Do not run this plan.",
            "A wrong token preserves or retrieves another file."),
        new(WrongSession, "a wrong session",
            "Step {step} of {phase} has {0} in session '{found}'; it is in '{expected}'.",
            "Do not run this plan.",
            "A file lives in one session."),
        new(OrderNotDerived, "an order that the kernel would not run",
            "Step {step} of {phase} is {found}; {rule}, so it must be {expected}.",
            "Do not run this plan: the kernel would run another one.",
            "Freeze, unfreeze, unpreserve and finish follow from the preserve order and the orders of "
            + "sessions; they cannot be chosen."),
        new(SessionOrderIncomplete, "an order of sessions that is not whole",
            "The order '{order}' {flaw}: {0}.",
            "Do not run this plan.",
            "Each order of sessions lists every session once, the empty ones too. 'retrieve' lists them "
            + "by their first step in the retrieve phase, the empty ones last."),
        new(BeginningNotKept, "the kernel's state is not kept",
            "The kernel has {0} already, in a place that the plan does not keep: {found}.",
            "Plan this set anew.",
            "What is created and preserved already is a fixed beginning."),
        new(WrongCarries, "carried objects that are not the file's",
            "Step {step} of {phase} must carry all that {0} carries, each behind what it waits for.",
            "Do not run this plan.",
            "A file moves with all that it carries."),
        new(WrongWave, "a wave that is not true",
            "In {phase} {first} and {then} could run side by side by their waves, though {0} needs {1}.",
            "Run the steps one by one, or plan anew.",
            "Steps of one wave may run side by side, so no dependency may lie within a wave."),
        new(OtherRules, "a plan by another rule table",
            "The plan was made by another rule table ({found}; here it is {expected}).",
            "Plan this set anew with this version.",
            "What 'needs' means between two kinds stands in the rule table; another version may have "
            + "another one."),
        new(UnknownModel, "a model that is not known",
            "The plan follows the lifecycle model '{model}', which is not known here.",
            "Known are: {known}. A model of your own is named by --model FILE.",
            "A lifecycle model says how a kernel decides the order of each phase."),
        new(NoPlan, "a refusal, not a plan",
            "This document is a refusal: it says why there is no plan, and holds none.",
            "Mend the set and plan it anew.",
            "A refusal has diagnostics, and neither sessions nor phases."),
        new(SecondOpinionDiffers, "the second opinion differs",
            "QuikGraph finds a cycle in {phase} where our verifier found none.",
            "Do not run this plan, and report this.",
            "Two programs by different authors check the plan. Where they differ, one of them is wrong."),
        new(CertificateDiffers, "a certificate that does not fit the set",
            "The certificate differs in {what}: it has {found}, and the set has {expected}.",
            "Do not run this plan: whoever checks it by its certificate checks something else.",
            "A certificate repeats what orders the set: sessions, objects, tokens and every dependency "
            + "with its phases. A plan that is legal for another certificate need not be legal for this "
            + "set."),
        new(CertificateMissing, "a plan without a certificate",
            "The plan brings no certificate, so it cannot be checked without its set.",
            "Give the set too, or plan with --certificate.",
            "A certificate is a plan with the expanded dependencies, objects and sessions that it must be "
            + "held against."),
    ];
}
