using System.Globalization;

namespace GraphOrder.Reports;

/// <summary>The bars of a row, each with its numbers in words.</summary>
internal sealed class RowBars
{
    private const int NameColumns = 120;
    private const string Create = "create";
    private const string Done = "; done already";

    private readonly DependencyGraph _graph;
    private readonly ReportNames _names;
    private readonly TimelineSteps _steps;
    private readonly LimitedClasses _classes;

    public RowBars(
        DependencyGraph graph, ReportNames names, TimelineSteps steps, LimitedClasses classes)
    {
        _graph = graph;
        _names = names;
        _steps = steps;
        _classes = classes;
    }

    /// <summary>The bars, those over many first.</summary>
    public List<RowBar> Of(TimelineRow row)
    {
        List<RowBar> bars = [];
        foreach (Phase phase in TimelineSteps.Shown)
        {
            if (row.IsEverything)
            {
                AddOne(bars, phase, _steps.OfAll(phase), new("everything", phase.Name(), []));
            }

            if (row.Sessions.Count > 0)
            {
                AddSessions(bars, phase, row);
            }

            if (row.Members.Count > 0)
            {
                AddObjects(bars, phase, row);
            }
        }

        if (row.Sessions.Count > 0 && !_steps.IsTimed)
        {
            AddCalls(bars, row, Phase.Preserve, Create, _steps.Run.CreateOf);
            AddCalls(bars, row, Phase.Retrieve, "retrieve session", _steps.Run.OpenOf);
            foreach (Phase phase in TimelineSteps.Shown)
            {
                // A call that names a session, where the plan lists the files that the kernel runs through.
                if (phase != Phase.Freeze && _steps.OfAll(phase) == TimelineSteps.None)
                {
                    AddCalls(bars, row, phase, phase.Name(), session => _steps.CallOf(phase, session));
                }
            }
        }

        return bars;
    }

    /// <summary>The id of an object, as plans have it.</summary>
    public string IdOf(ObjectId id) => _graph.Set.NameOf(id);

    /// <summary>A session as documents write it.</summary>
    public string IdOf(SessionId session) => SessionSet.SessionPrefix + _graph.Set.NameOf(session);

    /// <summary>How long something takes, to the microsecond.</summary>
    public static string Told(long microseconds) => Milliseconds.Of(microseconds);

    private void AddObjects(List<RowBar> bars, Phase phase, TimelineRow row)
    {
        AddMany(bars, phase, row, row.Members.Select(member => _steps.Of(phase, member)), "object");
        ObjectId first = row.Members[0];
        if (row.ShowsFirst)
        {
            string kind = _graph[first].Act is null ? phase.Name() : "act";
            Mover moved = new(_names.Of(first), kind, _classes.Of(first), _steps.IsDone(phase, first));
            AddOne(bars, phase, _steps.Of(phase, first), moved);
        }
    }

    private void AddSessions(List<RowBar> bars, Phase phase, TimelineRow row)
    {
        AddMany(bars, phase, row, row.Sessions.Select(each => _steps.Of(phase, each)), "session");
        SessionId first = row.Sessions[0];
        AddOne(bars, phase, _steps.Of(phase, first), new(_names.Of(first), phase.Name(), []));
    }

    // Creating and opening sessions: calls that no phase of the plan has, and that no cost is said of.
    private void AddCalls(
        List<RowBar> bars, TimelineRow row, Phase phase, string verb, Func<SessionId, int> numberOf)
    {
        int least = int.MaxValue;
        int most = 0;
        int count = 0;
        foreach (SessionId session in row.Sessions)
        {
            int number = numberOf(session);
            least = number > 0 ? Math.Min(least, number) : least;
            most = Math.Max(most, number);
            count += number > 0 ? 1 : 0;
        }

        if (count > 1)
        {
            string title = $"{verb}: {Plural.Of(count, "session")}, from step {least} to step {most}";
            StepSpan all = new(least - 1, most);
            bars.Insert(0, new RowBar(phase, all, phase.Name(), "", title, IsMany: true));
        }

        if (numberOf(row.Sessions[0]) is var own and > 0)
        {
            string label = own.ToString(CultureInfo.InvariantCulture);
            bool isDone = verb == Create && _steps.IsCreated(row.Sessions[0]);
            string title = $"{verb} {NameOf(_names.Of(row.Sessions[0]))}: step {own} of {_steps.Run.Count}"
                + (isDone ? Done : "");
            StepSpan span = new(own - 1, own);
            bars.Add(new RowBar(phase, span, phase.Name(), label, title, IsDone: isDone));
        }
    }

    private void AddMany(
        List<RowBar> bars, Phase phase, TimelineRow row, IEnumerable<int> steps, string noun)
    {
        long start = long.MaxValue;
        long end = 0;
        long least = long.MaxValue;
        long most = 0;
        int count = 0;
        foreach (int step in steps)
        {
            if (step == TimelineSteps.None)
            {
                continue;
            }

            StepSpan span = _steps.SpanOf(phase, step);
            start = Math.Min(start, span.Start);
            end = Math.Max(end, span.End);
            least = Math.Min(least, span.Length);
            most = Math.Max(most, span.Length);
            count++;
        }

        if (count == 0 || (count == 1 && row.ShowsFirst))
        {
            return;
        }

        string when = !_steps.IsTimed
            ? phase == Phase.Freeze
                ? $"inside the kexec of step {end}"
                : $"from step {start + 1} to step {end}"
            : $"from {Told(start)} to {Told(end)}, "
                + (least == most ? $"{Told(most)} each" : $"{Told(least)} to {Told(most)} each");
        string title = $"{phase.Name()}: {Plural.Of(count, noun)}, {when}";
        string label = row.ShowsFirst ? "" : $"{count}x";
        bars.Add(new RowBar(phase, new StepSpan(start, end), phase.Name(), label, title, IsMany: true));
    }

    private void AddOne(List<RowBar> bars, Phase phase, int step, Mover moved)
    {
        if (step == TimelineSteps.None)
        {
            return;
        }

        StepSpan span = _steps.SpanOf(phase, step);
        int number = _steps.NumberOf(phase, step);
        string kind = moved.Kind;
        string what = $"{(kind == "act" ? kind : phase.Name())} {NameOf(moved.Name)}";
        string done = moved.IsDone ? Done : "";
        bool isOnChain = span.Length > 0 && _steps.IsOnChain(phase, step);
        if (!_steps.IsTimed)
        {
            string where = number > 0
                ? $"step {number} of {_steps.Run.Count}"
                : $"by the kernel, inside the kexec of step {_steps.Run.KexecNumber}";
            string shown = number > 0 ? number.ToString(CultureInfo.InvariantCulture) : "";
            bars.Add(new RowBar(phase, span, kind, shown, $"{what}: {where}{done}", IsDone: moved.IsDone));
            return;
        }

        string numbered = number > 0 ? $" (step {number})" : "";
        string held = moved.Classes.Count > 0 && span.Length > 0
            ? $"; holds a place of {_classes.Told(moved.Classes)}"
            : "";
        string chain = isOnChain ? "; on the longest path" : "";
        string title = $"{what}{numbered}: {Told(span.Length)}, "
            + $"from {Told(span.Start)} to {Told(span.End)}{held}{chain}{done}";
        string label = span.Length > 0 ? Told(span.Length) : "";
        bars.Add(new RowBar(phase, span, kind, label, title, IsOnChain: isOnChain, IsDone: moved.IsDone));
    }

    // What a bar moves: its name, the class of its colour, and the limited classes that it holds.
    private readonly record struct Mover(
        string Name, string Kind, SortedSet<int> Classes, bool IsDone = false);

    private static string NameOf(string name) => SvgFont.Elided(name, NameColumns);
}
