using System.Collections.Concurrent;
using GraphOrder.Tests.Planning;

namespace GraphOrder.Tests.Repairs;

/// <summary>
/// Repairs by their definition alone: every way to put the files of a tiny set into sessions that
/// dependencies tie together or into new ones, with every choice of soft dependencies, each judged by brute
/// force over all orders. Shares nothing with the search.
/// </summary>
internal sealed class BruteRepairs
{
    private const int CarriedBase = 10;
    private const int ActBase = 20;
    private const int LateActBase = 30;

    private static readonly ConcurrentDictionary<(string Places, string Model), BruteForce> Known = [];

    private readonly ModelText _model;
    private readonly int[] _places;
    private readonly List<(int Dependent, int On, PhaseSet Phases, long SoftWeight)> _dependencies;
    private readonly int[] _sessionOfAct;
    private readonly int[] _withBlackout;
    private readonly int _sessionCount;
    private readonly List<(RepairCost Cost, int[] Places)> _assignments = [];

    /// <summary>Prepares every assignment.</summary>
    /// <param name="model">The model.</param>
    /// <param name="places">Where the objects are, as <see cref="TinySet"/> writes it.</param>
    /// <param name="dependencies">The dependencies; weight 0 for a hard one.</param>
    /// <param name="sessionOfAct">The session of each object that is an act, anything for others.</param>
    /// <param name="withBlackout">The sessions whose acts are a blackout.</param>
    public BruteRepairs(
        ModelText model,
        int[] places,
        List<(int Dependent, int On, PhaseSet Phases, long SoftWeight)> dependencies,
        int[]? sessionOfAct = null,
        int[]? withBlackout = null)
    {
        _model = model;
        _places = places;
        _sessionOfAct = sessionOfAct ?? new int[places.Length];
        _withBlackout = withBlackout ?? [];
        _sessionCount = 1 + Enumerable.Range(0, places.Length).Max(id =>
            places[id] >= ActBase ? _sessionOfAct[id] : IsSession(places[id]) ? places[id] : 0);
        _dependencies = dependencies;
        int[] files = [.. Enumerable.Range(0, places.Length).Where(i => IsSession(places[i]))];
        Assign(files, 0, [.. places], TiedSessions());
        _assignments.Sort((left, right) => left.Cost.CompareTo(right.Cost));
    }

    /// <summary>Whether dependencies leave an order where the files are.</summary>
    public static bool IsLegal(
        ModelText model, int[] places, IEnumerable<(int Dependent, int On, PhaseSet Phases)> dependencies)
    {
        int[] canonical = Canonical(places);
        string place = string.Join(',', canonical);
        BruteForce force = Known.GetOrAdd((place, model.ToString()), _ => new BruteForce(
            TinySet.Of(canonical).With([], PhaseSet.Default), model));
        return force.IsLegal([.. dependencies]);
    }

    /// <summary>The least cost of all repairs; null where there is none.</summary>
    public RepairCost? LeastCost()
    {
        int[] soft =
            [.. Enumerable.Range(0, _dependencies.Count).Where(i => _dependencies[i].SoftWeight > 0)];
        foreach (IGrouping<long, int> choices in Enumerable.Range(0, 1 << soft.Length)
            .GroupBy(choice => WeightOf(soft, choice))
            .OrderBy(equal => equal.Key))
        {
            RepairCost? least = null;
            foreach (int choice in choices)
            {
                RepairCost? cost = LeastCost([.. soft.Where((_, bit) => (choice & (1 << bit)) != 0)]);
                least = least is null || cost < least ? cost : least;
            }

            if (least is { } found)
            {
                return found with { WeightWaived = choices.Key };
            }
        }

        return null;
    }

    private RepairCost? LeastCost(HashSet<int> waived)
    {
        (int, int, PhaseSet)[] binding =
        [
            .. _dependencies.Where((_, i) => !waived.Contains(i)).Select(
                found => (found.Dependent, found.On, found.Phases)),
        ];
        foreach ((RepairCost cost, int[] places) in _assignments)
        {
            if (IsLegal(_model, places, binding))
            {
                return cost;
            }
        }

        return null;
    }

    private long WeightOf(int[] soft, int choice) =>
        soft.Where((_, bit) => (choice & (1 << bit)) != 0).Sum(i => _dependencies[i].SoftWeight);

    private static bool IsSession(int place) => place is >= 0 and < CarriedBase;

    private static int SessionOf(int[] places, int id) =>
        places[id] is >= CarriedBase and < ActBase ? places[places[id] - CarriedBase] : places[id];

    // Sessions and kernel-moved objects that dependencies join, as one number each; acts with their session.
    private int[] TiedSessions()
    {
        int Node(int id) => _places[id] >= ActBase ? _sessionOfAct[id]
            : SessionOf(_places, id) is var session and >= 0 ? session
            : _sessionCount + id;
        int[] tied = [.. Enumerable.Range(0, _sessionCount + _places.Length)];
        for (int round = 0; round < tied.Length; round++)
        {
            foreach ((int dependent, int on, _, _) in _dependencies)
            {
                int least = Math.Min(tied[Node(dependent)], tied[Node(on)]);
                tied[Node(dependent)] = least;
                tied[Node(on)] = least;
            }
        }

        return tied;
    }

    private void Assign(int[] files, int next, int[] places, int[] tied)
    {
        if (next == files.Length)
        {
            int moved = files.Count(file => places[file] != _places[file]);
            int merged = Enumerable.Range(0, _sessionCount).Count(session => IsGone(session, places));
            int split = places.Where(place => IsSession(place) && place >= _sessionCount).Distinct().Count();
            _assignments.Add((new RepairCost(0, moved, merged, split), [.. places]));
            return;
        }

        int file = files[next];
        int newest = files.Take(next).Select(earlier => places[earlier]).Append(_sessionCount - 1).Max();
        for (int session = 0; session <= Math.Max(newest, _sessionCount - 1) + 1; session++)
        {
            if (session >= _sessionCount || tied[session] == tied[_places[file]])
            {
                places[file] = session;
                Assign(files, next + 1, places, tied);
                places[file] = _places[file];
            }
        }
    }

    // A session without files is gone where its acts can be in the session that has its files, and where
    // that one has no other blackout than its own: of two that come, the first in the document.
    private bool IsGone(int session, int[] places)
    {
        int[] homes =
        [
            .. Enumerable.Range(0, places.Length)
                .Where(id => _places[id] == session)
                .Select(id => places[id]),
        ];
        bool hasActs = Enumerable.Range(0, places.Length).Any(
            id => _places[id] >= ActBase && _sessionOfAct[id] == session);
        if (homes.Length == 0 || places.Contains(session) || (hasActs && homes.Distinct().Count() > 1))
        {
            return false;
        }

        return !_withBlackout.Contains(session)
            || (!_withBlackout.Contains(homes[0])
                && !Enumerable.Range(0, session).Any(
                    other => _withBlackout.Contains(other) && IsGone(other, places)
                        && places[Array.IndexOf(_places, other)] == homes[0]));
    }

    private static int[] Canonical(int[] places)
    {
        Dictionary<int, int> numbers = [];
        return
        [
            .. places.Select(place => place >= LateActBase ? place - LateActBase + ActBase
                : !IsSession(place) ? place
                : numbers.TryGetValue(place, out int known) ? known
                : numbers[place] = numbers.Count),
        ];
    }
}
