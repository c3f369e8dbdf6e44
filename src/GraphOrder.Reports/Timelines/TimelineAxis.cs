namespace GraphOrder.Reports;

/// <summary>
/// Where times, or the numbers of steps, stand in pixels. One scale where every part is wide enough to read;
/// else each part has its own, so that milliseconds of a blackout stand beside a finish of minutes.
/// Immutable.
/// </summary>
internal sealed class TimelineAxis
{
    /// <summary>The least width of a part: its name and its length fit.</summary>
    public const double PartWidthMin = 84;

    private const double KexecStepWidth = 48;
    private const double StepWidthMax = 44;
    private const double ScaleTolerance = 0.01;

    private TimelineAxis(IReadOnlyList<AxisPart> parts, bool isTimed)
    {
        Parts = parts;
        IsTimed = isTimed;
        double[] scales =
            [.. parts.Where(static part => part.Length > 0).Select(static part => part.Scale)];
        IsBroken = scales.Length > 0 && scales.Max() > scales.Min() * (1 + ScaleTolerance);
    }

    /// <summary>The parts from left to right, without gaps.</summary>
    public IReadOnlyList<AxisPart> Parts { get; }

    /// <summary>Whether it counts microseconds; else steps.</summary>
    public bool IsTimed { get; }

    /// <summary>Whether its parts have scales of their own.</summary>
    public bool IsBroken { get; }

    /// <summary>The left edge.</summary>
    public double X => Parts[0].X;

    /// <summary>The right edge.</summary>
    public double EndX => Parts[^1].EndX;

    /// <summary>The part of the jump.</summary>
    public AxisPart Kexec => Parts.First(static part => part.Phase is null);

    /// <summary>The axis of a schedule.</summary>
    public static TimelineAxis OfTimes(Schedule schedule, double x, double width)
    {
        List<AxisPart> parts = [];
        long kexec = schedule.Kexec.StartMicroseconds;
        long jumped = kexec + schedule.Kexec.Microseconds;
        long frozen = Math.Min(kexec, First(schedule, Phase.Freeze, kexec));
        long retrieved = Last(schedule, Phase.Retrieve, jumped);
        long finished = Math.Max(jumped, First(schedule, Phase.Finish, retrieved));
        long paused = schedule.Blackouts.Min(static guest => guest.StartMicroseconds);
        long resumed = schedule.Blackouts.Max(static guest => guest.StartMicroseconds + guest.Microseconds);
        Add(parts, schedule, Phase.Preserve, 0, paused, frozen);
        Add(parts, schedule, Phase.Freeze, frozen, paused, kexec);
        parts.Add(new AxisPart(null, kexec, jumped));
        Add(parts, schedule, Phase.Retrieve, jumped, resumed, finished);
        long end = Last(schedule, Phase.Finish, finished);
        Add(parts, schedule, Phase.Finish, finished, resumed, end);
        return new TimelineAxis(Laid(parts, x, TimeWidths(parts, width)), isTimed: true);
    }

    /// <summary>The axis of numbered steps.</summary>
    public static TimelineAxis OfSteps(RunSteps run, double x, double width)
    {
        List<AxisPart> parts = [];
        AddSteps(parts, Phase.Preserve, 0, run.KexecNumber - 1);
        parts.Add(new AxisPart(null, run.KexecNumber - 1, run.KexecNumber));
        AddSteps(parts, Phase.Retrieve, run.KexecNumber, run.RetrievedMax);
        AddSteps(parts, Phase.Finish, run.RetrievedMax, run.Count);
        return new TimelineAxis(Laid(parts, x, StepWidths(parts, width)), isTimed: false);
    }

    /// <summary>Where a moment of a phase stands; of the jump, where the phase is null.</summary>
    public double At(Phase? phase, long moment)
    {
        AxisPart? found = null;
        foreach (AxisPart part in Parts)
        {
            if (part.Phase == phase && (found is null || moment > found.To))
            {
                found = part;
            }
        }

        if (found is null)
        {
            return phase is { } missing && missing.IsInNewKernel() ? Kexec.EndX : Kexec.X;
        }

        long inside = Math.Clamp(moment, found.From, found.To) - found.From;
        return found.X + inside * found.Scale;
    }

    private static void AddSteps(List<AxisPart> parts, Phase phase, long from, long to)
    {
        if (to > from)
        {
            parts.Add(new AxisPart(phase, from, to));
        }
    }

    // A phase that somebody waits in only partly has two parts.
    private static void Add(
        List<AxisPart> parts, Schedule schedule, Phase phase, long from, long between, long to)
    {
        if (schedule[phase].IsEmpty)
        {
            return;
        }

        if (between > from && between < to)
        {
            parts.Add(new AxisPart(phase, from, between));
            from = between;
        }

        parts.Add(new AxisPart(phase, from, to));
    }

    private static long First(Schedule schedule, Phase phase, long none) => schedule[phase].IsEmpty
        ? none
        : schedule[phase].Min(static time => time.StartMicroseconds);

    private static long Last(Schedule schedule, Phase phase, long none) => schedule[phase].IsEmpty
        ? none
        : schedule[phase].Max(static time => time.StartMicroseconds + time.Microseconds);

    // One scale where that lets every part be read. Else a part is as wide as the root of its length: a part
    // that is a hundred times longer is ten times wider. Nothing happens in the jump, so it needs no room.
    private static double[] TimeWidths(List<AxisPart> parts, double width)
    {
        double total = Math.Max(1, parts.Sum(static part => (double)part.Length));
        double[] widths = [.. parts.Select(part => part.Length * width / total)];
        if (Array.TrueForAll(widths, static own => own >= PartWidthMin))
        {
            return widths;
        }

        double weights = parts.Sum(WeightOf);
        double rest = width - PartWidthMin * parts.Count;
        return
        [
            .. parts.Select(part =>
                PartWidthMin + rest * (weights > 0 ? WeightOf(part) / weights : 1.0 / parts.Count)),
        ];

        static double WeightOf(AxisPart part) => part.Phase is null ? 0 : Math.Sqrt(part.Length);
    }

    // As wide as a step can be, with room for the names of short parts.
    private static double[] StepWidths(List<AxisPart> parts, double width)
    {
        double[] widths = new double[parts.Count];
        double step = StepWidthMax;
        for (int round = 0; round <= parts.Count; round++)
        {
            double room = width;
            long steps = 0;
            for (int i = 0; i < parts.Count; i++)
            {
                double least = parts[i].Phase is null ? KexecStepWidth : PartWidthMin;
                bool isShort = parts[i].Length * step <= least;
                widths[i] = isShort ? least : parts[i].Length * step;
                room -= isShort ? least : 0;
                steps += isShort ? 0 : parts[i].Length;
            }

            step = steps > 0 ? Math.Min(step, room / steps) : step;
        }

        return widths;
    }

    private static List<AxisPart> Laid(List<AxisPart> parts, double x, double[] widths)
    {
        List<AxisPart> laid = [];
        for (int i = 0; i < parts.Count; i++)
        {
            laid.Add(parts[i] with { X = x, Width = widths[i] });
            x += widths[i];
        }

        return laid;
    }
}
