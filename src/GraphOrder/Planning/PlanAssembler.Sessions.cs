using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphOrder;

/// <content>The orders of whole sessions, and what follows from them.</content>
internal sealed partial class PlanAssembler
{
    /// <summary>The orders of whole sessions that the models name.</summary>
    /// <param name="retrieved">As for <see cref="Assemble"/>.</param>
    public SessionOrders Sessions(ReadOnlySpan<int> retrieved) => new(
        Named(SessionOrder.Create),
        Retrieved(retrieved),
        Named(SessionOrder.Finish),
        Named(SessionOrder.Close))
    {
        Others = OwnOrders(),
    };

    private static bool IsOwn(SessionOrder order) =>
        order != SessionOrder.Create && order != SessionOrder.Close && order != SessionOrder.Finish;

    private ImmutableArray<(string Name, ImmutableArray<SessionName> Sessions)> OwnOrders()
    {
        int count = 0;
        foreach (SessionOrder order in _lift.SessionOrders)
        {
            count += IsOwn(order) ? 1 : 0;
        }

        if (count == 0)
        {
            return [];
        }

        (string Name, ImmutableArray<SessionName> Sessions)[] others =
            new (string Name, ImmutableArray<SessionName> Sessions)[count];
        foreach (SessionOrder order in _lift.SessionOrders)
        {
            if (IsOwn(order))
            {
                others[^count--] = (order.Name, Named(order));
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(others);
    }

    private ImmutableArray<SessionName> Named(SessionOrder order) =>
        _lift.NumberOf(NamedOrder.Of(order)) < 0 ? default : Names(SessionsOf(order));

    private ImmutableArray<SessionName> Retrieved(ReadOnlySpan<int> retrieved)
    {
        PhaseRule rule = _kernels[Phase.Retrieve];
        switch (rule.Unit)
        {
            case StepUnit.Object or StepUnit.Everything:
                return default;
            case StepUnit.Session:
                Span<int> sessions = SessionsOf(rule.Between);
                if (rule.IsBackward)
                {
                    sessions.Reverse();
                }

                return Names(sessions);
            default:
                return Names(ByFirstStep(
                    !rule.Between.IsInterleaved ? FilesBySession(rule)
                    : rule.ReadsPreserveOrder ? PreservedFiles(rule)
                    : retrieved));
        }
    }

    private Span<int> PreservedFiles(PhaseRule rule)
    {
        Span<int> files = Scratch.Take(ref _files, _layout.FileCount);
        _preserved.AsSpan(0, _layout.FileCount).CopyTo(files);
        if (rule.Inside == InsideSession.PreserveBackward)
        {
            files.Reverse();
        }

        return files;
    }

    // Session after session, and inside each as the rule says.
    private Span<int> FilesBySession(PhaseRule rule)
    {
        SessionFiles bySession = FilesInSessions(rule);
        Span<int> files = Scratch.Take(ref _files, _layout.FileCount);
        int count = 0;
        foreach (int vertex in SessionsAndActs(rule))
        {
            if (vertex < _graph.SessionCount)
            {
                bySession[vertex].CopyTo(files[count..]);
                count += bySession[vertex].Length;
            }
        }

        return files;
    }

    private SessionFiles FilesInSessions(PhaseRule rule)
    {
        if (rule.ReadsPreserveOrder)
        {
            return rule.Inside == InsideSession.PreserveForward ? _inPreserveOrder : Reversed();
        }

        Span<int> files = Scratch.Take(ref _files, _layout.FileCount);
        _orders[NamedOrder.OfFiles(rule.Phase)].Sort(files);
        _inOrderOfItsOwn.Read(_graph.SessionCount, _layout.SessionOfFile, files);
        return _inOrderOfItsOwn;
    }

    private SessionFiles Reversed()
    {
        if (!_hasReversed)
        {
            _inReversePreserveOrder.Read(
                _graph.SessionCount, _layout.SessionOfFile, _preserved.AsSpan(0, _layout.FileCount));
            _inReversePreserveOrder.Reverse(_graph.SessionCount);
            _hasReversed = true;
        }

        return _inReversePreserveOrder;
    }

    // Of an order that runs backward the last wave comes first.
    private ReadOnlySpan<int> SessionWaves(PhaseRule rule)
    {
        int number = _lift.NumberOf(NamedOrder.Of(rule.Between));
        ReadOnlySpan<int> known = _orders[number].Waves[.._acts.StepCount(number)];
        if (!rule.IsBackward)
        {
            return known;
        }

        int last = OrderingKernel.Max(known);
        Span<int> waves = Scratch.Take(ref _sessionWaves, known.Length);
        for (int vertex = 0; vertex < waves.Length; vertex++)
        {
            waves[vertex] = last - known[vertex];
        }

        return waves;
    }

    // Sessions and, between them, the phase's own acts, as the phase runs.
    private ReadOnlySpan<int> SessionsAndActs(PhaseRule rule)
    {
        int number = _lift.NumberOf(NamedOrder.Of(rule.Between));
        Span<int> steps = StepsOf(number);
        int count = 0;
        foreach (int step in steps)
        {
            if (!_acts.TryFind(number, step, out ObjectId act) || _graph[act].Act!.Phase == rule.Phase)
            {
                steps[count++] = step;
            }
        }

        steps = steps[..count];
        if (rule.IsBackward)
        {
            steps.Reverse();
        }

        return steps;
    }

    private Span<int> StepsOf(int order)
    {
        Span<int> steps = Scratch.Take(ref _steps, _acts.StepCount(order));
        _acts.Sort(order, _orders[order], steps);
        return steps;
    }

    private Span<int> SessionsOf(SessionOrder order)
    {
        Span<int> sessions = Scratch.Take(ref _steps, _graph.SessionCount);
        _orders[NamedOrder.Of(order)].Sort(sessions);
        return sessions;
    }

    // An act asks for no session, so it does not count.
    private Span<int> ByFirstStep(ReadOnlySpan<int> steps)
    {
        Span<bool> isListed = Scratch.TakeZeros(ref _isListed, _graph.SessionCount);
        Span<int> sessions = Scratch.Take(ref _steps, _graph.SessionCount);
        int count = 0;
        foreach (int step in steps)
        {
            int session = step < _layout.FileCount ? _layout.SessionOfFile[step] : -1;
            if (session >= 0 && !isListed[session])
            {
                isListed[session] = true;
                sessions[count++] = session;
            }
        }

        for (int session = 0; session < isListed.Length; session++)
        {
            if (!isListed[session])
            {
                sessions[count++] = session;
            }
        }

        return sessions;
    }

    private ImmutableArray<SessionName> Names(ReadOnlySpan<int> sessions)
    {
        SessionName[] names = new SessionName[sessions.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = _graph.Set.Sessions[sessions[i]].Name;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(names);
    }
}
