using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// One thing that is wrong or worth knowing: facts, no sentence. The sentence is made late, where a
/// document or a report is written. Immutable.
/// </summary>
/// <param name="Code">What it is.</param>
/// <param name="Severity">How grave it is.</param>
public sealed record Diagnostic(DiagnosticCode Code, DiagnosticSeverity Severity)
{
    /// <summary>
    /// The ids it is about, and <c>session:NAME</c> for sessions; the first is the one to look at.
    /// </summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>The facts, each under its own name.</summary>
    public ImmutableArray<DiagnosticFact> Facts { get; init; } = [];

    /// <summary>Where in the document it shows.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>The closed walk, where the problem is one.</summary>
    public DependencyCycle? Cycle { get; init; }

    /// <summary>Whether it is an error.</summary>
    public bool IsError => Severity == DiagnosticSeverity.Error;

    /// <summary>The fact of a name, as text; empty where there is none.</summary>
    public string Fact(string name)
    {
        foreach (DiagnosticFact fact in Facts)
        {
            if (fact.Name == name)
            {
                return fact.ToString();
            }
        }

        return "";
    }
}
