namespace GraphOrder;

/// <summary>
/// Changes to a whole set: those of each of its parts, together. Sessions from the set's number of sessions
/// up are new. Immutable.
/// </summary>
/// <param name="Moves">The new session of each file that moves, sorted by file.</param>
/// <param name="Waived">The phases in which soft dependencies no longer bind, sorted by dependency.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="WeightMin">
/// Where it only waives: a weight below which no waiving helps; else null.
/// </param>
internal sealed record RepairDraft(
    (int File, int Session)[] Moves,
    (int Dependency, PhaseSet Phases)[] Waived,
    RepairCost Cost,
    long? WeightMin)
{
    /// <summary>Whether another one changes the same.</summary>
    public bool IsLike(RepairDraft other) =>
        Moves.AsSpan().SequenceEqual(other.Moves) && Waived.AsSpan().SequenceEqual(other.Waived);

    /// <summary>Puts the states of parts together.</summary>
    /// <param name="set">The set.</param>
    /// <param name="parts">The parts that have a problem, with a state that solves it each.</param>
    /// <param name="weightMin">As the property.</param>
    public static RepairDraft Of(
        SessionSet set, IReadOnlyList<(RepairPart Part, SolvedState Solved)> parts, long? weightMin)
    {
        List<(int, int)> moves = [];
        List<(int, PhaseSet)> waived = [];
        RepairCost cost = default;
        int newSessions = set.Sessions.Length;
        foreach ((RepairPart part, SolvedState solved) in parts)
        {
            Dictionary<int, int> added = [];
            foreach ((int file, int session) in solved.State.Moves)
            {
                int into = session < part.Sessions.Length ? part.Sessions[session]
                    : added.TryGetValue(session, out int known) ? known
                    : added[session] = newSessions++;
                moves.Add((part.Objects[file], into));
            }

            foreach (int dependency in solved.State.Waived)
            {
                waived.Add((part.Dependencies[dependency], solved.PhasesOf(dependency)));
            }

            RepairCost own = part.Problem.CostOf(solved.State);
            cost = new RepairCost(
                RepairCost.Sum(cost.WeightWaived, own.WeightWaived),
                cost.FilesMoved + own.FilesMoved,
                cost.SessionsMerged + own.SessionsMerged,
                cost.SessionsSplit + own.SessionsSplit);
        }

        moves.Sort();
        waived.Sort(static (left, right) => left.Item1.CompareTo(right.Item1));
        return new RepairDraft([.. moves], [.. waived], cost, weightMin);
    }
}
