using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What planning a set says of it, in one word.</summary>
public enum PlanVerdict : byte
{
    /// <summary>An order exists, and nothing that is an error stands against it.</summary>
    Legal,

    /// <summary>
    /// An order exists, and a kernel of the model refuses the set, or an act is in a phase that takes none.
    /// </summary>
    Refused,

    /// <summary>No order exists.</summary>
    Illegal,
}

/// <summary>What planning a repaired set under a model gave. Immutable.</summary>
/// <param name="Model">The model, or <c>OLD:NEW</c>.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Codes">The codes of the errors, each once; empty where it is legal.</param>
public sealed record RepairVerdict(string Model, PlanVerdict Verdict, ImmutableArray<DiagnosticCode> Codes)
{
    /// <summary>The verdict of all that planning says.</summary>
    internal static RepairVerdict Of(string model, ImmutableArray<Diagnostic> diagnostics)
    {
        PlanVerdict verdict = PlanVerdict.Legal;
        List<DiagnosticCode> codes = [];
        foreach (Diagnostic found in diagnostics)
        {
            if (!found.IsError)
            {
                continue;
            }

            verdict = found.Cycle is not null ? PlanVerdict.Illegal
                : verdict == PlanVerdict.Legal ? PlanVerdict.Refused
                : verdict;
            if (!codes.Contains(found.Code))
            {
                codes.Add(found.Code);
            }
        }

        return new RepairVerdict(model, verdict, [.. codes]);
    }
}
