using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What checking a plan gives. Immutable.</summary>
/// <param name="Diagnostics">What is wrong with it, sorted; an error for each thing.</param>
public sealed record VerifyResult(ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether the plan is legal for the set.</summary>
    public bool IsLegal
    {
        get
        {
            foreach (Diagnostic diagnostic in Diagnostics)
            {
                if (diagnostic.IsError)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
