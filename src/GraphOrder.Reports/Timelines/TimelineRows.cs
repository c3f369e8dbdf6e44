namespace GraphOrder.Reports;

/// <summary>
/// Which rows a timeline has: all of a small set; of a larger one sessions that are alike as one, then the
/// most telling rows of each session, then the most telling sessions. What has no row of its own is counted
/// in one that stands for it, so every object and every session is in exactly one place.
/// </summary>
internal sealed class TimelineRows
{
    /// <summary>Up to so many rows nothing is folded; beyond it there are at most so many.</summary>
    public const int Max = 120;

    private const int RowsOfSessionMin = 4;
    private const int RowsOfSessionMax = 24;

    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly TimelineSteps _steps;
    private readonly Schedule? _schedule;
    private readonly LimitedClasses _classes;
    private readonly RowText _text;
    private readonly List<ObjectId>[] _objects;
    private readonly SessionId? _longest;
    private readonly int _max;
    private bool _isCapped;

    public TimelineRows(
        DependencyGraph graph,
        ReportNames names,
        TimelineSteps steps,
        Schedule? schedule,
        LimitedClasses classes,
        RowText text,
        int max = Max)
    {
        _max = max;
        _graph = graph;
        _names = names;
        _steps = steps;
        _schedule = schedule;
        _classes = classes;
        _text = text;
        _objects = new List<ObjectId>[graph.SessionCount];
        for (int session = 0; session < _objects.Length; session++)
        {
            _objects[session] = [];
        }

        for (int index = 0; index < graph.ObjectCount; index++)
        {
            ObjectId id = new(index);
            KernelMovedCount += graph[id].IsMovedByKernel ? 1 : 0;
            if (!graph[id].IsMovedByKernel && steps.HasAny(id))
            {
                _objects[names.HomeOf(id).Index].Add(id);
            }
        }

        _longest = schedule is not null
            && graph.Set.TryFindSession(schedule.Longest.Session.Text, out SessionId longest)
            ? longest
            : null;
        Groups = Grouped();
    }

    /// <summary>How many objects the kernel moves without a step; they have no row.</summary>
    public int KernelMovedCount { get; }

    /// <summary>The groups in document order, and what had no room at the end.</summary>
    public IReadOnlyList<TimelineGroup> Groups { get; }

    /// <summary>What was folded, in sentences; empty where nothing was.</summary>
    public List<string> Folded { get; } = [];

    private List<TimelineGroup> Grouped()
    {
        List<TimelineGroup> groups = [];
        bool isEverything = false;
        foreach (Phase phase in TimelineSteps.Shown)
        {
            isEverything |= _steps.OfAll(phase) != TimelineSteps.None;
        }

        if (isEverything)
        {
            TimelineRow row = new()
            {
                Label = "everything",
                Title = "everything at once",
                IsEverything = true,
            };
            groups.Add(new TimelineGroup("all sessions", "", "all sessions", [], [row]));
        }

        List<List<SessionId>> sessions = [];
        for (int session = 0; session < _objects.Length; session++)
        {
            sessions.Add([new SessionId(session)]);
        }

        if (CostOf(sessions, int.MaxValue) > _max)
        {
            sessions = Alike();
        }

        int rowsMax = RowsMax(sessions);
        (List<List<SessionId>> kept, List<SessionId> rest) = Kept(sessions, rowsMax);
        foreach (List<SessionId> alike in kept)
        {
            groups.Add(GroupOf(alike, rowsMax));
        }

        if (_isCapped)
        {
            Folded.Add("Of a session with many objects the most telling have a row of their own (on the "
                + "longest path, acts, of a limited class, costly); the others stand in one row with a "
                + "count.");
        }

        if (rest.Count > 0)
        {
            groups.Add(RestOf(rest));
        }

        return groups;
    }

    private List<List<SessionId>> Alike()
    {
        AlikeSessions alike = new(_graph, _names);
        List<List<SessionId>> sessions = [];
        int folded = 0;
        int kinds = 0;
        for (int group = 0; group < alike.Count; group++)
        {
            // Of sessions that are alike the one whose guest is paused longest is drawn.
            List<SessionId> members = [.. alike[group]];
            int drawn = _longest is { } longest ? Math.Max(0, members.IndexOf(longest)) : 0;
            (members[0], members[drawn]) = (members[drawn], members[0]);
            sessions.Add(members);
            folded += members.Count > 1 ? members.Count : 0;
            kinds += members.Count > 1 ? 1 : 0;
        }

        if (folded > 0)
        {
            Folded.Add($"{Plural.Of(folded, "session")} stand as {Plural.Of(kinds, "group")} of sessions "
                + "that are alike: strong bars are of the one that is named, faint ones reach from the first "
                + "start to the last end of all.");
        }

        return sessions;
    }

    private int RowCountOf(SessionId session) =>
        _objects[session.Index].Count + (HasOwnSteps(session) ? 1 : 0);

    private long CostOf(List<List<SessionId>> sessions, int rowsMax)
    {
        long cost = 0;
        foreach (List<SessionId> alike in sessions)
        {
            cost += 1 + Math.Min(rowsMax, RowCountOf(alike[0]));
        }

        return cost;
    }

    private int RowsMax(List<List<SessionId>> sessions)
    {
        if (CostOf(sessions, int.MaxValue) <= _max)
        {
            return int.MaxValue;
        }

        int rowsMax = Math.Min(RowsOfSessionMax, _max - 1);
        while (rowsMax > RowsOfSessionMin && CostOf(sessions, rowsMax) > _max)
        {
            rowsMax--;
        }

        return rowsMax;
    }

    private (List<List<SessionId>> Kept, List<SessionId> Left) Kept(
        List<List<SessionId>> sessions, int rowsMax)
    {
        if (CostOf(sessions, rowsMax) <= _max)
        {
            return (sessions, []);
        }

        Dictionary<string, long> paused = new(StringComparer.Ordinal);
        foreach (GuestBlackout guest in _schedule?.Blackouts ?? [])
        {
            paused[guest.Session.Text] = guest.Microseconds;
        }

        int room = _max - 2;
        HashSet<List<SessionId>> kept = [];
        foreach (List<SessionId> alike in sessions
            .OrderByDescending(alike => paused.GetValueOrDefault(_graph.Set.NameOf(alike[0]), -1))
            .ThenByDescending(static alike => alike.Count))
        {
            int cost = 1 + Math.Min(rowsMax, RowCountOf(alike[0]));
            if (cost > room)
            {
                break;
            }

            room -= cost;
            kept.Add(alike);
        }

        return (
            [.. sessions.Where(kept.Contains)],
            [.. sessions.Where(alike => !kept.Contains(alike)).SelectMany(static alike => alike)]);
    }

    private bool HasOwnSteps(SessionId session)
    {
        bool hasOwn = !_steps.IsTimed
            && (_steps.Run.CreateOf(session) > 0 || _steps.Run.OpenOf(session) > 0);
        foreach (Phase phase in TimelineSteps.Shown)
        {
            hasOwn |= _steps.Of(phase, session) != TimelineSteps.None;
        }

        return hasOwn;
    }

    private TimelineGroup GroupOf(List<SessionId> alike, int rowsMax)
    {
        SessionId first = alike[0];
        List<TimelineRow> rows = [];
        for (int i = 0; i < _objects[first.Index].Count; i++)
        {
            List<ObjectId> members = [];
            foreach (SessionId session in alike)
            {
                members.Add(_objects[session.Index][i]);
            }

            rows.Add(_text.Of(members));
        }

        rows.Sort(ByFirstStep);
        string name = _names.Of(first);
        if (HasOwnSteps(first))
        {
            rows.Insert(
                0, new TimelineRow { Label = "(session)", Title = $"session {name}", Sessions = alike });
        }

        return new TimelineGroup(
            SvgFont.Elided(name, RowText.NameColumns),
            alike.Count > 1 ? $"and {alike.Count - 1} alike" : "",
            alike.Count > 1 ? $"session {name} and {alike.Count - 1} alike" : $"session {name}",
            alike,
            Capped(rows, rowsMax));
    }

    private int ByFirstStep(TimelineRow left, TimelineRow right)
    {
        int order = FirstStep(left.Members[0]).CompareTo(FirstStep(right.Members[0]));
        return order != 0 ? order : left.Members[0].Index.CompareTo(right.Members[0].Index);
    }

    private int FirstStep(ObjectId id)
    {
        int first = int.MaxValue;
        foreach (Phase phase in TimelineSteps.Shown)
        {
            if (_steps.Of(phase, id) is var step and not TimelineSteps.None
                && _steps.NumberOf(phase, step) is var number and > 0)
            {
                first = Math.Min(first, number);
            }
        }

        return first;
    }

    // The least telling rows become one.
    private List<TimelineRow> Capped(List<TimelineRow> rows, int rowsMax)
    {
        if (rows.Count <= rowsMax)
        {
            return rows;
        }

        HashSet<TimelineRow> kept = new(ReferenceEqualityComparer.Instance);
        kept.UnionWith(rows.OrderBy(RankOf).Take(rowsMax - 1));
        TimelineRow[] folded = [.. rows.Where(row => !kept.Contains(row))];
        List<TimelineRow> capped = [.. rows.Where(kept.Contains)];
        capped.Add(MoreOf([.. folded.SelectMany(static row => row.Members)], "more"));
        _isCapped = true;
        return capped;
    }

    // Least first: the session itself, its pause and resume, what the longest path spends most time in, other
    // acts, what holds a place of a limited class, what costs most.
    private (int, long, int, long) RankOf(TimelineRow row)
    {
        if (row.Members.Count == 0)
        {
            return (0, 0, 0, 0);
        }

        ObjectId first = row.Members[0];
        long onChain = 0;
        long all = 0;
        foreach (Phase phase in TimelineSteps.Shown)
        {
            if (_steps.IsTimed && _steps.Of(phase, first) is var step and not TimelineSteps.None)
            {
                long length = _steps.SpanOf(phase, step).Length;
                all += length;

                // What the kernel freezes at once is all on the path, and so tells nothing.
                onChain += phase != Phase.Freeze && _steps.IsOnChain(phase, step) ? length : 0;
            }
        }

        BlackoutActs? acts = _graph.Set.Sessions[_names.HomeOf(first).Index].Blackout;
        bool isTurn = acts is { } turns && (turns.Pause == first || turns.Resume == first);
        int kind = _graph[first].Act is not null ? 0 : _classes.Of(first).Count > 0 ? 1 : 2;
        return (isTurn ? 0 : 1, -onChain, kind, -all);
    }

    private TimelineRow MoreOf(List<ObjectId> members, string word)
    {
        int count = members.Sum(member => 1 + _text.CarriedCount(member));
        string label = word.Length > 0
            ? Plural.Of(count, $"{word} object", $"{word} objects")
            : Plural.Of(count, "object");
        return new TimelineRow
        {
            Label = label,
            Title = label,
            Members = members,
            ShowsFirst = false,
            ObjectCount = count,
        };
    }

    private TimelineGroup RestOf(List<SessionId> sessions)
    {
        string label = Plural.Of(sessions.Count, "more session");
        Folded.Add($"{label} had no room: those whose guests are paused for a shorter time, or who are fewer "
            + "of a kind.");
        return new TimelineGroup(
            label, "", label, sessions, [MoreOf([.. sessions.SelectMany(Objects)], "")], IsRest: true);

        List<ObjectId> Objects(SessionId session) => _objects[session.Index];
    }
}
