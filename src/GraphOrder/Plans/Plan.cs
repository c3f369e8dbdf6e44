using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// The orders that are legal in every phase at once: data, made by the planner or read from a document.
/// Immutable and thread-safe.
/// </summary>
public sealed class Plan
{
    private readonly ImmutableArray<PhaseSteps> _phases;

    internal Plan(
        string model, Digest input, Digest rules, SessionOrders sessions, ImmutableArray<PhaseSteps> phases)
    {
        Model = model;
        Input = input;
        Rules = rules;
        Sessions = sessions;
        _phases = phases;
    }

    /// <summary>The lifecycle model, or <c>OLD:NEW</c>.</summary>
    public string Model { get; }

    /// <summary>The digest of the set that it was made for.</summary>
    public Digest Input { get; }

    /// <summary>The digest of the rule table by which <c>needs</c> was read.</summary>
    public Digest Rules { get; }

    /// <summary>The orders of whole sessions.</summary>
    public SessionOrders Sessions { get; }

    /// <summary>Soft dependencies that were waived by name, as <c>DEPENDENT=&gt;ON@PHASE</c>.</summary>
    public ImmutableArray<string> Waived { get; init; } = [];

    /// <summary>What is worth knowing about it, sorted.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// What it can be checked against without its set; null where nobody asked for it.
    /// </summary>
    public PlanCertificate? Certificate { get; init; }

    /// <summary>The same plan with a certificate.</summary>
    internal Plan With(PlanCertificate certificate) => new(Model, Input, Rules, Sessions, _phases)
    {
        Waived = Waived,
        Diagnostics = Diagnostics,
        Certificate = certificate,
    };

    /// <summary>The same plan with other diagnostics.</summary>
    internal Plan With(ImmutableArray<Diagnostic> diagnostics) =>
        new(Model, Input, Rules, Sessions, _phases)
        {
            Waived = Waived,
            Diagnostics = diagnostics,
            Certificate = Certificate,
        };

    /// <summary>The steps of a phase.</summary>
    public PhaseSteps this[Phase phase] => _phases[(int)phase];
}
