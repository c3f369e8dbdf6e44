using System.Collections.Immutable;

namespace GraphOrder;

/// <summary>
/// Makes the steps of what was touched out of the kept waves, as <see cref="PlanAssembler"/> makes those of
/// all out of solved orders. Not thread-safe.
/// </summary>
internal sealed class PlanSteps(
    LiveRows rows, LiveOrders orders, OrderLift lift, KernelPair kernels, KeptPlan kept)
{
    /// <summary>What may be another since it was last asked for, or all.</summary>
    public PlanChange Change(bool isWhole)
    {
        HashSet<int> sessions = [.. rows.ChangedFor(ChangeReader.Plan).Sessions];
        HashSet<int> objects = [.. rows.ChangedFor(ChangeReader.Plan).Objects];
        rows.ForgetChanged(ChangeReader.Plan);
        kept.Gather(sessions, objects);
        if (isWhole)
        {
            sessions = [.. AllSessions()];
        }

        Widen(sessions, objects);
        ImmutableArray<LiveStep>[] steps = new ImmutableArray<LiveStep>[Phases.Count];
        PhaseWaves[] waves = new PhaseWaves[Phases.Count];
        foreach (Phase phase in Phases.All)
        {
            PhaseRule rule = kernels[phase];
            waves[(int)phase] = WavesOf(rule);
            steps[(int)phase] = StepsOf(rule, sessions, objects);
        }

        List<LiveSession> places = [];
        foreach (int session in sessions)
        {
            if (rows.Has(new SessionId(session)))
            {
                places.Add(PlacesOf(session));
            }
        }

        return new PlanChange(steps, waves, places)
        {
            IsWhole = isWhole,
            Sessions = [.. sessions.Select(static row => new SessionId(row))],
            Objects = [.. objects.Select(static row => new ObjectId(row))],
        };
    }

    private IEnumerable<int> AllSessions()
    {
        for (int row = 0; row < rows.SessionRoom; row++)
        {
            if (rows.Session(row).IsThere)
            {
                yield return row;
            }
        }
    }

    // A session is told with all that is in it, and what a file carries with the file.
    private void Widen(HashSet<int> sessions, HashSet<int> objects)
    {
        foreach (int row in (int[])[.. objects])
        {
            if (rows.Has(new ObjectId(row)) && rows.FileOf(row) is var file and >= 0)
            {
                objects.Add(file);
                if (HasSessionSteps)
                {
                    sessions.Add(rows.SessionOf(row));
                }
            }
        }

        foreach (int session in sessions)
        {
            int file = rows.Has(new SessionId(session)) ? rows.Session(session).Objects.FirstRow : -1;
            for (; file >= 0; file = rows.NextSibling(file))
            {
                objects.Add(file);
                int carried = rows.Object(file).Carried.FirstRow;
                for (; carried >= 0; carried = rows.NextSibling(carried))
                {
                    objects.Add(carried);
                }
            }
        }
    }

    private bool HasSessionSteps
    {
        get
        {
            foreach (Phase phase in Phases.All)
            {
                if (kernels[phase].Unit == StepUnit.Session)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private ImmutableArray<LiveStep> StepsOf(PhaseRule rule, HashSet<int> sessions, HashSet<int> objects)
    {
        List<LiveStep> steps = [];
        if (rule.Unit == StepUnit.Session)
        {
            foreach (int session in sessions)
            {
                if (rows.Has(new SessionId(session)))
                {
                    steps.Add(SessionStep(rule, session));
                }
            }
        }
        else if (rule.Unit != StepUnit.Everything)
        {
            foreach (int row in objects)
            {
                bool isThere = rows.Has(new ObjectId(row));
                if (isThere && rule.Unit == StepUnit.File && rows.Object(row).Object.IsFile)
                {
                    steps.Add(FileStep(rule, row));
                }
                else if (isThere && rule.Unit == StepUnit.Object && rows.FileOf(row) >= 0)
                {
                    steps.Add(ObjectStep(rule, row));
                }
            }
        }

        steps.Sort(static (x, y) => x.Rank.CompareTo(y.Rank));
        return [.. steps];
    }

    private PhaseWaves WavesOf(PhaseRule rule)
    {
        if (rule.Unit == StepUnit.Everything)
        {
            return default;
        }

        if (!rule.Between.IsInterleaved)
        {
            return rule.Between == SessionOrder.Create ? new(WaveCounting.StepNumber, 0)
                : rule.IsBackward ? new(WaveCounting.FromLast, OrderOf(rule.Between).Waves!.Last)
                : default;
        }

        return rule.ReadsPreserveOrder ? new(WaveCounting.StepNumber, 0)
            : rule.Phase == Phase.Preserve
                ? new(WaveCounting.BehindBeginning, KeptPlan.BeginningOf(orders[lift.PreserveOrder]))
            : default;
    }

    private LiveStep SessionStep(PhaseRule rule, int session)
    {
        List<int> inside = [];
        for (int file = rows.Session(session).Objects.FirstRow; file >= 0; file = rows.NextSibling(file))
        {
            inside.Add(file);
            int carried = rows.Object(file).Carried.FirstRow;
            for (; carried >= 0; carried = rows.NextSibling(carried))
            {
                inside.Add(carried);
            }
        }

        inside.Sort((x, y) => rows.Object(x).Arrival.CompareTo(rows.Object(y).Arrival));
        StepRank rank = RankOf(rule.Between, session, rule.IsBackward);
        return new LiveStep(null, new SessionId(session))
        {
            Rank = rank,
            Wave = WaveOf(OrderOf(rule.Between), session),
            Carried = [.. inside.Select(static row => new ObjectId(row))],
        };
    }

    private LiveStep ObjectStep(PhaseRule rule, int row)
    {
        LiveOrder order = orders[lift.NumberOf(NamedOrder.OfObjects(rule.Phase))];
        return new LiveStep(new ObjectId(row), new SessionId(rows.SessionOf(row)))
        {
            Token = rows.Object(row).Object.DeclaredToken,
            Rank = RankOf(order, row),
            Wave = WaveOf(order, row),
        };
    }

    private LiveStep FileStep(PhaseRule rule, int row)
    {
        int session = rows.SessionOf(row);
        return new LiveStep(new ObjectId(row), new SessionId(session))
        {
            Token = rows.Object(row).Object.DeclaredToken,
            Rank = RankOfFile(rule, row, session),
            Wave = !rule.Between.IsInterleaved ? WaveOf(OrderOf(rule.Between), session)
                : WaveOf(InsideOrder(rule), row),
            Carried = CarriedIn(rule.Phase, row),
        };
    }

    private ImmutableArray<ObjectId> CarriedIn(Phase phase, int file)
    {
        List<(int Wave, long Arrival, int Row)> carried = [];
        for (int row = rows.Object(file).Carried.FirstRow; row >= 0; row = rows.NextSibling(row))
        {
            carried.Add((kept.RelationWaveOf(phase, row), rows.Object(row).Arrival, row));
        }

        carried.Sort();
        return [.. carried.Select(static found => new ObjectId(found.Row))];
    }

    // The order in which the files of one session follow one another.
    private LiveOrder InsideOrder(PhaseRule rule) =>
        orders[rule.ReadsPreserveOrder ? lift.PreserveOrder : lift.NumberOf(NamedOrder.OfFiles(rule.Phase))];

    private StepRank RankOfFile(PhaseRule rule, int row, int session)
    {
        StepRank inside = rule.Inside == InsideSession.Together
            ? new StepRank(0, rows.Object(row).Arrival)
            : RankOf(InsideOrder(rule), row);
        inside = rule.Inside == InsideSession.PreserveBackward ? Backward(inside) : inside;
        if (!rule.Between.IsInterleaved)
        {
            StepRank own = RankOf(rule.Between, session, rule.IsBackward);
            return new StepRank(own.First, own.Second, inside.First, inside.Second);
        }

        return rule.Phase == Phase.Retrieve && rule.Inside == InsideSession.Chosen
            ? new StepRank(
                kept.RetrieveWaveOf(session), rows.Session(session).Place, inside.First, inside.Second)
            : inside;
    }

    private LiveSession PlacesOf(int session)
    {
        ImmutableArray<SessionOrder> named = kernels.NamedOrders;
        StepRank[] ranks = new StepRank[named.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = RankOf(named[i], session, isBackward: false);
        }

        return new LiveSession(session, rows.Session(session).Place, ranks);
    }

    private LiveOrder OrderOf(SessionOrder between) => orders[lift.NumberOf(NamedOrder.Of(between))];

    private StepRank RankOf(SessionOrder between, int session, bool isBackward)
    {
        StepRank rank = RankOf(OrderOf(between), session);
        return isBackward ? Backward(rank) : rank;
    }

    private static StepRank Backward(StepRank rank) => new(-rank.First, -rank.Second);

    // By wave, and what the kernel has not yet behind what it has; inside a wave by place.
    private StepRank RankOf(LiveOrder order, int row)
    {
        int vertex = order.VertexOf(row);
        bool isBehind = order.HasBeginning && !new OrderArcs(order, rows).IsInBeginning(vertex);
        long place = order.Unit == OrderUnit.Sessions ? rows.Session(row).Place : rows.Object(row).Arrival;
        return new StepRank(order.Waves![vertex] + (isBehind ? StepRank.Behind : 0), place);
    }

    private static int WaveOf(LiveOrder order, int row) => order.Waves![order.VertexOf(row)];
}
