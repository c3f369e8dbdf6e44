using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>The timeline itself: axis, rows, lanes of classes, legend, and what to know about them.</summary>
internal sealed class TimelineBody
{
    private const double Gap = 10;

    private readonly SvgWriter _svg;
    private readonly PlanPicture _picture;
    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly Schedule? _schedule;
    private readonly TimelineSteps _steps;
    private readonly LimitedClasses _classes;
    private readonly TimelineRows _rows;
    private readonly Dictionary<string, GuestBlackout> _guests = new(StringComparer.Ordinal);

    public TimelineBody(
        SvgWriter svg, PlanPicture picture, DependencyGraph graph, ReportNames names, Plan plan)
    {
        _svg = svg;
        _picture = picture;
        _graph = graph;
        _names = names;
        _schedule = picture.Schedule is { } schedule && IsLong(schedule) ? schedule : null;
        CarriedObjects carried = new(graph);
        _steps = new TimelineSteps(graph, new RunSteps(graph, picture.Kernels, plan), _schedule);
        _classes = new LimitedClasses(graph, carried);
        RowText text = new(graph, names, carried, _steps, _classes);
        _rows = new TimelineRows(graph, names, _steps, _schedule, _classes, text);
        foreach (GuestBlackout guest in _schedule?.Blackouts ?? [])
        {
            _guests[guest.Session.Text] = guest;
        }
    }

    /// <summary>Whether it shows times; else the numbers of steps.</summary>
    public bool IsTimed => _schedule is not null;

    /// <summary>What it shows, for whoever cannot see it.</summary>
    public string Description { get; private set; } = "";

    /// <summary>What to know about it, in sentences.</summary>
    public List<string> Sentences { get; } = [];

    /// <summary>Draws it between two edges, from a line down.</summary>
    /// <returns>The line below it.</returns>
    public double Draw(double left, double right, double y)
    {
        double labels = _schedule is null ? 0 : ClassLanes.LabelWidth(_classes);
        double start = left + Math.Max(labels, TimelineChart.LabelWidth(_rows.Groups));
        TimelineAxis axis = _schedule is null
            ? TimelineAxis.OfSteps(_steps.Run, start, right - start)
            : TimelineAxis.OfTimes(_schedule, start, right - start);
        RowBars bars = new(_graph, _names, _steps, _classes);
        TimelineChart chart = new(_svg, _rows, bars, axis, left);
        double lanes = _schedule is null ? 0 : ClassLanes.Height(_classes);
        double rowsTop = y + AxisDrawing.Height;
        double bottom = rowsTop + chart.Height + lanes;
        AxisDrawing.Draw(_svg, axis, _picture.Kernels, y, bottom);
        y = chart.Draw(rowsTop, BandOf);
        if (_schedule is not null)
        {
            chart.DrawLinks(_schedule);
            List<ClassUse> uses = ClassUse.Of(_graph, _picture.Kernels, _schedule, _classes);
            ClassLanes.Draw(_svg, axis, _classes, uses, left, y);
        }

        y = TimelineLegend.Draw(_svg, left, right, bottom + Gap, Legend());
        Tell(axis);
        return y;
    }

    private static bool IsLong(Schedule schedule)
    {
        long end = schedule.Kexec.StartMicroseconds + schedule.Kexec.Microseconds;
        foreach (Phase phase in (Phase[])[Phase.Retrieve, Phase.Finish])
        {
            foreach (StepTime time in schedule[phase])
            {
                end = Math.Max(end, time.StartMicroseconds + time.Microseconds);
            }
        }

        return end > 0;
    }

    private PausedBand? BandOf(TimelineGroup group)
    {
        if (group.IsRest || group.Sessions.Count == 0)
        {
            return null;
        }

        SessionId first = group.Sessions[0];
        if (_graph.Set.Sessions[first.Index].Blackout is not { } acts)
        {
            return null;
        }

        string name = SvgFont.Elided(_names.Of(first), RowText.NameColumns);
        Phase paused = _graph[acts.Pause].Act!.Phase;
        Phase resumed = _graph[acts.Resume].Act!.Phase;
        if (_schedule is not null)
        {
            return TimedBand(group, name, _graph.Set.NameOf(first), paused, resumed);
        }

        // An act among what freezes is no step of its own.
        int pause = _steps.Run.Of(paused, acts.Pause) is var own and > 0 ? own : _steps.Run.KexecNumber;
        int resume = _steps.Run.Of(resumed, acts.Resume);
        string words = $"paused from step {pause} to {resume}";
        return resume == 0
            ? null
            : new PausedBand(
                paused, resumed, new StepSpan(pause - 1, resume), words, $"guest of {name}: {words}");
    }

    private PausedBand? TimedBand(
        TimelineGroup group, string name, string id, Phase paused, Phase resumed)
    {
        if (!_guests.TryGetValue(id, out GuestBlackout? guest))
        {
            return null;
        }

        StepSpan span = new(guest.StartMicroseconds, guest.StartMicroseconds + guest.Microseconds);
        string words = $"paused {Milliseconds.Of(guest.Microseconds)}";
        string from = $"from {Milliseconds.Of(span.Start)} to {Milliseconds.Of(span.End)}";
        string title = $"guest of {name}: {words}, {from}, at least {Milliseconds.Of(guest.MicrosecondsMin)}";
        long least = long.MaxValue;
        long most = 0;
        int count = 0;
        foreach (SessionId session in group.Sessions)
        {
            if (_guests.TryGetValue(_graph.Set.NameOf(session), out GuestBlackout? other))
            {
                least = Math.Min(least, other.Microseconds);
                most = Math.Max(most, other.Microseconds);
                count++;
            }
        }

        string all = count > 1
            ? $"; {count} guests: {Milliseconds.Of(least)} to {Milliseconds.Of(most)}"
            : "";
        return new PausedBand(paused, resumed, span, words + all, title + all);
    }

    private List<(string Kind, string Words)> Legend()
    {
        List<(string Kind, string Words)> entries = [];
        foreach (Phase phase in TimelineSteps.Shown)
        {
            string by = phase == Phase.Freeze && !_picture.Kernels[phase].TakesActs ? " (by the kernel)" : "";
            entries.Add((phase.Name(), phase.Name() + by));
        }

        if (_steps.HasDone)
        {
            entries.Add(("preserve done", "done already"));
        }

        if (_graph.Set.Objects.Any(static found => found.Act is not null))
        {
            entries.Add(("act", "act of the caller"));
        }

        if (_graph.Set.Sessions.Any(static session => session.Blackout is not null))
        {
            entries.Add(("paused", "guest is paused"));
        }

        if (_schedule is { LongestChain.IsEmpty: false })
        {
            string longest = SvgFont.Elided(
                PlainText.Id(_schedule.Longest.Session.Text), RowText.NameColumns);
            entries.Add(("chain card", $"bold: longest path, what {longest} waits for"));
        }

        entries.Add(("kexec", "kexec"));
        if (_schedule is not null && _classes.Names.Count > 0)
        {
            entries.Add(("use", "places of a limited class taken; dashed: its limit"));
        }

        return entries;
    }

    private void Tell(TimelineAxis axis)
    {
        string sessions = Plural.Of(_graph.SessionCount, "session");
        Description = $"Timeline of {sessions}; ";
        if (_schedule is null)
        {
            Description += $"{_steps.Run.Count} steps, the kexec is step {_steps.Run.KexecNumber}.";
            Sentences.Add("The axis counts steps, not time: " + WhyNoTimes());
            TellLimits();
        }
        else
        {
            GuestBlackout longest = _schedule.Longest;
            Description += $"the longest blackout is {PlainText.Id(longest.Session.Text)}'s, "
                + $"{Milliseconds.Of(longest.Microseconds)}.";
            Sentences.Add(axis.IsBroken
                ? "The axis is broken where it has a zigzag: each part has a scale of its own."
                : "The axis has one scale throughout.");
            TellUnknown(_schedule);
        }

        Sentences.AddRange(_rows.Folded);
        if (_rows.KernelMovedCount > 0)
        {
            string objects = Plural.Of(_rows.KernelMovedCount, "object has", "objects have");
            Sentences.Add($"{objects} no row: the kernel moves them without a step.");
        }

        if (_schedule is not null && ClassLanes.Left(_classes) is { Length: > 0 } left)
        {
            Sentences.Add(left);
        }

        if (_schedule is not null && _classes.Names.Count > 0 && ClassUse.AreJoined(_picture.Kernels))
        {
            Sentences.Add("One call moves a whole session, or all of them, and holds its places from its "
                + "first bar to its last: a lane can be longer than a bar.");
        }
    }

    private string WhyNoTimes()
    {
        bool hasBlackout = _graph.Set.Sessions.Any(static session => session.Blackout is not null);
        bool hasCost = _graph.Set.Objects.Any(static found => !found.Facts.CostMicroseconds.IsEmpty);
        return !hasCost ? "the set says no costs."
            : !hasBlackout ? "the set does not say when guests are paused."
            : "its costs add up to nothing, or to more than can be counted.";
    }

    private void TellLimits()
    {
        if (_classes.Names.Count == 0)
        {
            return;
        }

        List<string> told = [];
        foreach (int held in Enumerable.Range(0, Math.Min(6, _classes.Names.Count)))
        {
            told.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{PlainText.Id(_classes.Names[held])} {Plural.Of(_classes.PlacesOf(held), "place")}"));
        }

        int left = _classes.Names.Count - told.Count;
        string more = left > 0 ? $" and {left} more" : "";
        Sentences.Add($"Limited classes: {string.Join(", ", told)}{more}.");
    }

    private void TellUnknown(Schedule schedule)
    {
        if (schedule.UnknownCostCount > 0)
        {
            string waited = Plural.Of(schedule.WaitedStepCount, "step");
            Sentences.Add($"Costs of {schedule.UnknownCostCount} of the {waited} that guests wait for are "
                + "not known and count as 0; such steps are thin lines.");
        }

        if (!schedule.IsKexecKnown)
        {
            Sentences.Add("Nobody says how long the kexec takes; it counts as 0.");
        }
    }
}
