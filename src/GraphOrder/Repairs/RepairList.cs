using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>What was found to repair a set. Immutable.</summary>
public sealed record RepairList
{
    /// <summary>Nothing to repair, or nothing found.</summary>
    public static RepairList None { get; } = new();

    /// <summary>The repairs, the cheapest first; each makes the whole set legal by itself.</summary>
    public ImmutableArray<Repair> Repairs { get; init; } = [];

    /// <summary>
    /// The place of the repair to apply where nobody chooses: the first that is legal under each model that
    /// it was planned for, else the first under the model asked; one that is refused all the same is for
    /// nobody. -1 where there is none.
    /// </summary>
    public int ChosenIndex
    {
        get
        {
            int chosen = -1;
            for (int i = 0; i < Repairs.Length; i++)
            {
                if (Repairs[i].IsLegalEverywhere)
                {
                    return i;
                }

                bool isLegal = Repairs[i].Verdicts is [{ Verdict: PlanVerdict.Legal }, ..];
                chosen = chosen < 0 && isLegal ? i : chosen;
            }

            return chosen;
        }
    }

    /// <summary>Whether it is proved that nothing is cheaper than the first one.</summary>
    public bool IsCheapest { get; init; }

    /// <summary>The other built-in models under which the set is legal as it stands.</summary>
    public ImmutableArray<string> LegalModels { get; init; } = [];

    /// <summary>Why the list is not longer, where that is worth knowing.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}
