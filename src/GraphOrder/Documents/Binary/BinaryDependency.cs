using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>A dependency as the binary form has it: with the phases in which it counts.</summary>
/// <param name="Dependent">The end that needs: the number of an object, or behind these of a session.</param>
/// <param name="On">The number of the end that is needed.</param>
/// <param name="Phases">The phases in which it counts; never empty.</param>
/// <param name="Waived">Those of them in which it is waived.</param>
/// <param name="IsSoft">Whether it may be.</param>
internal readonly record struct BinaryDependency(
    int Dependent, int On, PhaseSet Phases, PhaseSet Waived, bool IsSoft)
{
    /// <summary>The phases in which it binds.</summary>
    public PhaseSet Binding => Phases - Waived;

    /// <summary>Those of a certificate that count anywhere, in its order.</summary>
    public static BinaryDependency[] AllOf(SessionSet set, ImmutableArray<string> waived)
    {
        Dictionary<(DependencyEnd, DependencyEnd), PhaseSet> waivers = Waivers(set, waived);
        List<BinaryDependency> all = new(set.Dependencies.Length);
        foreach (DeclaredDependency found in set.Dependencies)
        {
            PhaseSet phases = (found.Phases ?? PhaseSet.Default)
                & PhasesOf(set, found.Dependent)
                & PhasesOf(set, found.On);
            bool isSoft = found.Strength == DependencyStrength.Soft;
            PhaseSet given = isSoft
                ? waivers.GetValueOrDefault((found.Dependent, found.On)) & phases
                : default;
            if (!phases.IsEmpty)
            {
                all.Add(new(Number(set, found.Dependent), Number(set, found.On), phases, given, isSoft));
            }
        }

        return [.. all];
    }

    private static int Number(SessionSet set, DependencyEnd end) =>
        end.IsSession ? set.Objects.Length + end.SessionId.Index : end.ObjectId.Index;

    // A dependency with an act counts where the act is done and nowhere else.
    private static PhaseSet PhasesOf(SessionSet set, DependencyEnd end) =>
        !end.IsSession && set.Objects[end.ObjectId.Index].Act is { } act
            ? PhaseSet.Of(act.Phase)
            : PhaseSet.All;

    private static Dictionary<(DependencyEnd, DependencyEnd), PhaseSet> Waivers(
        SessionSet set, ImmutableArray<string> waived)
    {
        Dictionary<(DependencyEnd, DependencyEnd), PhaseSet> found = [];
        foreach (string text in waived)
        {
            if (Waiver.TryParse(text, out Waiver? waiver)
                && set.TryFindEnd(waiver.Dependent, out DependencyEnd dependent)
                && set.TryFindEnd(waiver.On, out DependencyEnd on))
            {
                PhaseSet phases = waiver.Phase is { } phase ? PhaseSet.Of(phase) : PhaseSet.All;
                found[(dependent, on)] = found.GetValueOrDefault((dependent, on)) | phases;
            }
        }

        return found;
    }
}
