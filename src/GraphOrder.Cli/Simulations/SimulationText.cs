using GraphOrder.LiveUpdate;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>What a simulation showed, for people: the verdict first.</summary>
internal sealed class SimulationText
{
    private const int LabelColumn = 2;
    private const int TextColumn = 12;
    private const int AnswerColumn = 60;
    private const int AnswerRoom = 10;
    private const int StepsShown = 60;
    private const int BrokenShown = 20;
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";

    private readonly DependencyGraph _graph;
    private readonly KernelPair _kernels;
    private readonly SimulationRequest _request;
    private readonly Rehearsal _rehearsal;
    private readonly OrderTrials? _trials;

    public SimulationText(
        DependencyGraph graph,
        KernelPair kernels,
        SimulationRequest request,
        Rehearsal rehearsal,
        OrderTrials? trials)
    {
        _graph = graph;
        _kernels = kernels;
        _request = request;
        _rehearsal = rehearsal;
        _trials = trials;
    }

    /// <summary>
    /// Whether nothing broke, nothing is lost, and nothing was refused that nobody asked for.
    /// </summary>
    public bool IsSound => _rehearsal.Held
        && _rehearsal.Lost.IsEmpty
        && (_request.HasFault || _rehearsal.Refused is null)
        && (_trials?.Broke ?? 0) == 0;

    public void Write(TextWriter output, bool hasColour, int width)
    {
        ReportLines lines = new(output, width);
        (string word, string rest) = Verdict();
        lines.Verdict(word, hasColour ? IsSound ? Green : Red : null, rest);
        lines.Blank();
        WriteHeader(lines);
        WriteSteps(lines);
        WriteBroken(lines);
        WriteEnd(lines);
        WriteTrials(lines);
        WriteMissing(lines, output);
    }

    private (string Word, string What) Verdict()
    {
        if (_rehearsal.Broken is [BrokenDependency first, ..])
        {
            return ("BROKEN", $" in step {first.Step}: {Sentence(first)}.");
        }

        if (_rehearsal.Refused is { } refused && !_request.HasFault)
        {
            return (
                "REFUSED", $" in step {refused.Number}: {Words(refused)} answers {refused.Error.Name()}.");
        }

        if (_trials?.First is { } other)
        {
            string what = other.Broken is [BrokenDependency found, ..]
                ? Sentence(found)
                : other.Refused is { } late ? $"{Words(late)} answers {late.Error.Name()}"
                : "it was not finished";
            return (
                "BROKEN",
                $" in {_trials.Broke} of {_trials.Tried} other orders that the set allows: {what}.");
        }

        if (!_rehearsal.Lost.IsEmpty)
        {
            string more = _rehearsal.Lost.Length > 1 ? $" and {_rehearsal.Lost.Length - 1} more" : "";
            return ("LOST", $" {NameOf(_rehearsal.Lost[0])}{more}: no dependency broke, and its content is "
                + $"gone all the same; {Outcome()}.");
        }

        string dependencies = Count(_graph.DependencyCount, "dependency", "dependencies");
        return ("HELD", $": {dependencies} at each of {Count(_rehearsal.Steps.Length, "step", "steps")}; "
            + Outcome() + ".");
    }

    private string Outcome() => _rehearsal.Outcome switch
    {
        RehearsalOutcome.Finished => "every session is finished",
        RehearsalOutcome.CalledOff => "the update was called off, the old kernel runs on",
        RehearsalOutcome.Stuck =>
            $"{Count(_rehearsal.Unfinished.Length, "session is", "sessions are")} not finished",
        _ => "the next kernel panicked while it booted",
    };

    private void WriteHeader(ReportLines lines)
    {
        const int digestShown = 23;
        string digest = _graph.Set.Digest.ToString()[..digestShown];
        Labelled(lines, "set", $"{Printable.Of(InputFile.NameOf(_request.SetPath))}  {digest}...");
        Labelled(lines, "plan", _request.PlanPath is { } plan
            ? Printable.Of(InputFile.NameOf(plan))
            : "the canonical plan of what is declared");
        Labelled(lines, "kernel", _kernels.Old.EnforcesRules
            ? $"simulated, model {_kernels.ModelName}: handlers ask what the posted series ask"
            : $"simulated, model {_kernels.ModelName}: 7.3.4's answers and orders; kinds for which it has "
                + "no handler have one that takes every file");
        Labelled(lines, "counts", $"{Count(_graph.SessionCount, "session", "sessions")}, "
            + $"{Count(_rehearsal.Steps.Length, "step", "steps")}, "
            + $"{Count(_rehearsal.Events.Length, "act", "acts")} of the kernels, "
            + $"{Count(_graph.DependencyCount, "dependency", "dependencies")} watched");
        foreach (string failure in _request.Failures)
        {
            Labelled(lines, "fails", Printable.Of(failure));
        }

        if (_request.KillAt is { } step)
        {
            Labelled(lines, "killed", $"after step {step}");
        }
    }

    private void WriteSteps(ReportLines lines)
    {
        lines.Blank();
        lines.Wrapped(0, "STEPS");
        foreach (RehearsedStep step in _rehearsal.Steps)
        {
            // Long runs are told as they begin and end.
            if (_rehearsal.Steps.Length <= StepsShown || step.Number <= StepsShown / 2
                || step.Number > _rehearsal.Steps.Length - (StepsShown / 2) || step.Error != Errno.None)
            {
                int column = Math.Min(AnswerColumn, lines.Width - AnswerRoom);
                lines.Cells(
                [
                    new Cell(0, $"{step.Number,4}"),
                    new Cell(5, Words(step)),
                    new Cell(column, step.Error == Errno.None ? "ok" : step.Error.Name()),
                ]);
            }
            else if (step.Number == (StepsShown / 2) + 1)
            {
                lines.Wrapped(5, $"... {_rehearsal.Steps.Length - StepsShown} more; --format json has all");
            }
        }
    }

    private void WriteBroken(ReportLines lines)
    {
        if (_rehearsal.Broken.IsEmpty)
        {
            return;
        }

        lines.Blank();
        lines.Wrapped(0, "BROKEN");
        for (int i = 0; i < Math.Min(BrokenShown, _rehearsal.Broken.Length); i++)
        {
            BrokenDependency broken = _rehearsal.Broken[i];
            lines.Labelled(LabelColumn, $"step {broken.Step}", TextColumn, Sentence(broken)
                + (broken.Dependency < 0 ? "; the set does not declare it" : ""));
        }

        if (_rehearsal.Broken.Length > BrokenShown)
        {
            lines.Wrapped(TextColumn, $"and {_rehearsal.Broken.Length - BrokenShown} more");
        }
    }

    private void WriteEnd(ReportLines lines)
    {
        lines.Blank();
        lines.Labelled(0, "END", TextColumn, Outcome());
        if (!_rehearsal.Lost.IsEmpty)
        {
            lines.Labelled(0, "LOST", TextColumn, string.Join(", ", _rehearsal.Lost.Select(NameOf)));
        }

        if (!_rehearsal.Unfinished.IsEmpty)
        {
            lines.Labelled(0, "HELD BACK", TextColumn, string.Join(
                ", ", _rehearsal.Unfinished.Select(session => Printable.Of(_graph.Set.NameOf(session)))));
        }
    }

    private void WriteTrials(ReportLines lines)
    {
        if (_trials is null)
        {
            return;
        }

        lines.Labelled(0, "ORDERS", TextColumn, $"{_trials.Broke} of {_trials.Tried} broke, drawn with seeds "
            + $"{_trials.Seed} to {_trials.Seed + (ulong)Math.Max(0, _trials.Tried - 1)}");
        if (_trials.FirstSeed is { } seed)
        {
            lines.Labelled(0, "AGAIN", TextColumn, $"--orders 1 --seed {seed}");
        }

        lines.Labelled(0, "DEATHS", TextColumn, $"of {_trials.Deaths}, {_trials.DeathsThatBroke} broke a "
            + $"dependency and {_trials.DeathsThatLost} lost content: the kernel closes what a dead process "
            + "held in the order of its descriptors");
    }

    private void WriteMissing(ReportLines lines, TextWriter output)
    {
        if (_trials is null || _trials.Missing.IsEmpty)
        {
            return;
        }

        lines.Blank();
        lines.Wrapped(0, "DECLARE   add to \"dependencies\" of the set, then plan again");
        for (int i = 0; i < _trials.Missing.Length; i++)
        {
            // Not wrapped: it is to be pasted.
            output.Write("  " + RehearsalWriter.Declaration(_graph.Set, _trials.Missing[i]));
            output.Write(i + 1 < _trials.Missing.Length ? ",\n" : "\n");
        }
    }

    private string Sentence(BrokenDependency broken)
    {
        string dependent = Printable.Of(_graph.Set.NameOf(broken.Dependent));
        string on = Printable.Of(_graph.Set.NameOf(broken.On));
        return broken.Phase switch
        {
            Phase.Preserve => $"{dependent} was preserved without {on}, which it needs",
            Phase.Freeze => $"{dependent} was frozen in front of {on}, which it needs",
            Phase.Unfreeze => $"{on} was unfrozen while {dependent} still needed it",
            Phase.Unpreserve => $"{on} was unpreserved while {dependent} still needed it",
            Phase.Retrieve => $"{dependent} was retrieved without {on}, which it needs",
            _ => $"{on} was finished while {dependent} still needed it",
        };
    }

    private string Words(RehearsedStep step) => step.Act switch
    {
        RehearsedAct.Kexec => "kexec",
        RehearsedAct.Die => "the holder dies; the kernel closes what it held",
        RehearsedAct.RetrieveSession => "retrieve session:" + SessionOf(step),
        RehearsedAct.Create or RehearsedAct.Finish or RehearsedAct.Close =>
            $"{RehearsalWriter.NameOf(step.Act)} session:{SessionOf(step)}",
        _ => $"{RehearsalWriter.NameOf(step.Act)} {NameOf(step.Object!.Value)}",
    };

    private string SessionOf(RehearsedStep step) => Printable.Of(_graph.Set.NameOf(step.Session!.Value));

    private string NameOf(ObjectId id) => Printable.Of(_graph.Set.NameOf(id));

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    private static void Labelled(ReportLines lines, string label, string text) =>
        lines.Labelled(LabelColumn, label, TextColumn, text);
}
