using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Some changes to a problem: files in other sessions, dependencies that do not bind. Sessions from
/// <see cref="RepairProblem.SessionCount"/> up are new. Immutable.
/// </summary>
internal sealed class RepairState
{
    private RepairState(ImmutableSortedDictionary<int, int> moves, ImmutableSortedSet<int> waived)
    {
        Moves = moves;
        Waived = waived;
    }

    /// <summary>No change.</summary>
    public static RepairState Unchanged { get; } = new(
        ImmutableSortedDictionary<int, int>.Empty, ImmutableSortedSet<int>.Empty);

    /// <summary>The new session of each file that moves.</summary>
    public ImmutableSortedDictionary<int, int> Moves { get; }

    /// <summary>The soft dependencies that do not bind in any phase.</summary>
    public ImmutableSortedSet<int> Waived { get; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsUnchanged => Moves.IsEmpty && Waived.IsEmpty;

    /// <summary>Equal for equal changes.</summary>
    public string Key => $"{string.Join(',', Moves)};{string.Join(',', Waived)}";

    /// <summary>The same with one file more in another session.</summary>
    public RepairState WithMove(int file, int session) => new(Moves.SetItem(file, session), Waived);

    /// <summary>The same with more files in another session.</summary>
    public RepairState WithMoves(IEnumerable<int> files, int session)
    {
        ImmutableSortedDictionary<int, int>.Builder moves = Moves.ToBuilder();
        foreach (int file in files)
        {
            moves[file] = session;
        }

        return new(moves.ToImmutable(), Waived);
    }

    /// <summary>The same with more dependencies waived.</summary>
    public RepairState WithWaived(IEnumerable<int> dependencies) => new(Moves, Waived.Union(dependencies));

    /// <summary>Whether this does all that another state does.</summary>
    public bool Includes(RepairState other)
    {
        foreach ((int file, int session) in other.Moves)
        {
            if (!Moves.TryGetValue(file, out int own) || own != session)
            {
                return false;
            }
        }

        return other.Waived.IsSubsetOf(Waived);
    }
}
