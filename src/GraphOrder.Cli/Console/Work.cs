using System.Diagnostics;
using System.Globalization;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>
/// What the run is doing, for whoever waits: a line on the terminal from the second second on, and, where
/// <c>--verbose</c> asks for it, how long each part took. There is one run in a process. Thread-safe.
/// </summary>
internal static class Work
{
    private static readonly Lock Guard = new();
    private static readonly Stack<WorkPart> Parts = [];
    private static readonly Stopwatch Run = new();
    private static ProgressLine? _line;
    private static bool _isVerbose;

    /// <summary>Whether nothing is to be said of the run but what went wrong.</summary>
    public static bool IsQuiet { get; private set; }

    /// <summary>Begins the run of a command; disposed, it is over.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="isQuiet">Whether nothing is said.</param>
    /// <param name="isVerbose">Whether each part is told with its time.</param>
    public static IDisposable Begin(string command, bool isQuiet, bool isVerbose)
    {
        IsQuiet = isQuiet;
        _isVerbose = isVerbose;
        Run.Restart();
        _line = isQuiet ? null : new ProgressLine(Describe);
        return new WorkPart(command, null, End);
    }

    /// <summary>Begins a part of the run; disposed, it is done.</summary>
    /// <param name="what">What is done: <c>planning</c>.</param>
    /// <param name="count">How far it is; asked for from another thread, and once more at its end.</param>
    public static IDisposable Part(string what, Func<string>? count = null)
    {
        WorkPart part = new(what, count, Finish);
        lock (Guard)
        {
            Parts.Push(part);
        }

        return part;
    }

    /// <summary>
    /// Wipes the line away for the rest of the run: the terminal belongs to an answer, to somebody who types
    /// or to another program from now on.
    /// </summary>
    public static void YieldTerminal() => _line?.Dispose();

    /// <summary>Wipes the line away; it comes again.</summary>
    public static void ClearLine() => _line?.Clear();

    private static string Describe()
    {
        lock (Guard)
        {
            string time = string.Create(CultureInfo.InvariantCulture, $"{Run.Elapsed.TotalSeconds:0} s");
            return Parts.TryPeek(out WorkPart? part) ? $"{part.Told}, {time}" : $"working, {time}";
        }
    }

    private static void Finish(WorkPart part)
    {
        lock (Guard)
        {
            _ = Parts.Pop();
        }

        if (_isVerbose)
        {
            Tell(part.Told, part.Elapsed);
        }
    }

    private static void End(WorkPart part)
    {
        _line?.Dispose();
        if (_isVerbose)
        {
            using Process process = Process.GetCurrentProcess();
            string memory = $"{Bytes.Of(process.PeakWorkingSet64)} of memory at most, "
                + $"{Bytes.Of(GC.GetTotalAllocatedBytes())} allocated";
            Tell($"{part.Told} in all, {memory}", part.Elapsed);
        }
    }

    private static void Tell(string what, TimeSpan time) => CommandConsole.Complain(
        string.Create(CultureInfo.InvariantCulture, $"{what}: {time.TotalMilliseconds:0.0} ms"));
}
