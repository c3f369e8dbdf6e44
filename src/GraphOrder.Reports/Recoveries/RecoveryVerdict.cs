using System.Collections.Immutable;

namespace GraphOrder.Reports;

/// <summary>The first line of a report on a recovery: how bad it is.</summary>
internal static class RecoveryVerdict
{
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";

    /// <summary>Writes the line.</summary>
    public static void Write(ReportLines lines, ReportNames names, Recovery recovery, bool colour)
    {
        (string word, string paint, string rest) = recovery.State.IsOldKernel
            ? Old(names, recovery)
            : New(names, recovery);
        lines.Verdict(word, colour ? paint : null, rest);
    }

    private static (string Word, string Paint, string Told) New(ReportNames names, Recovery recovery)
    {
        if (recovery.IsWhole)
        {
            bool isNothingLeft = recovery.Finish.IsEmpty && recovery.Retrieve.IsEmpty;
            return ("RECOVERABLE", Green, isNothingLeft
                ? ": nothing is left to do, and nothing is lost."
                : ": everything can still be finished, and nothing is lost.");
        }

        if (!recovery.Broken.IsEmpty)
        {
            UnmetDependency first = recovery.Broken[0];
            string more = recovery.Broken.Length > 1 ? $" {recovery.Broken.Length - 1} more below." : "";
            return ("BROKEN", Red, $": {names.Of(first.On)} is gone, and {names.Of(first.Dependent)} may "
                + $"still write to it.{more}");
        }

        List<string> against = [];
        if (!recovery.Pinned.IsEmpty)
        {
            against.Add(recovery.Pinned.Length == 1
                ? $"session {names.Of(recovery.Pinned[0].Session)} cannot be finished now"
                : $"{recovery.Pinned.Length} sessions cannot be finished now");
        }

        AddFiles(against, names, [.. recovery.Blocked.Select(each => each.File)], "cannot be retrieved");
        AddFiles(against, names, recovery.Lost, recovery.Lost.Length == 1 ? "is lost" : "are lost");
        return ("HALF-WAY", Yellow, $": {string.Join("; ", against)}.");
    }

    private static (string Word, string Paint, string Told) Old(ReportNames names, Recovery recovery)
    {
        if (recovery.IsWhole)
        {
            return ("STOPPED", Green, " before the kexec: nothing is lost, and it can be tried again.");
        }

        List<string> against = [];
        AddFiles(against, names, recovery.Dead, recovery.Dead.Length == 1 ? "is dead" : "are dead");
        AddFiles(
            against, names, [.. recovery.Blocked.Select(each => each.File)], "cannot be preserved");
        if (!recovery.Pinned.IsEmpty)
        {
            against.Add(recovery.Pinned.Length == 1
                ? $"session {names.Of(recovery.Pinned[0].Session)} cannot be closed safely"
                : $"{recovery.Pinned.Length} sessions cannot be closed safely");
        }

        if (against.Count == 0)
        {
            against.Add("not every session can be tried again");
        }

        return ("STOPPED", Yellow, $" before the kexec: {string.Join("; ", against)}.");
    }

    private static void AddFiles(
        List<string> against, ReportNames names, ImmutableArray<ObjectId> files, string verb)
    {
        if (!files.IsEmpty)
        {
            string what = files.Length == 1 ? names.Of(files[0]) : $"{files.Length} files";
            against.Add($"{what} {verb}");
        }
    }
}
