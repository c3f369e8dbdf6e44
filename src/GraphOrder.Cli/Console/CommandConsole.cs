using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using GraphOrder.Reports;

namespace GraphOrder.Cli;

/// <summary>Standard streams, colour and cancellation of one run.</summary>
internal sealed class CommandConsole : IDisposable
{
    // Longer lines are hard to read.
    private const int ColumnsMax = 120;

    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    public CommandConsole()
    {
        InputFile.Cancellation = Cancellation;
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));
    }

    /// <summary>
    /// Cancelled by the first Ctrl+C or SIGTERM. A moment later, or at the second one, the process ends
    /// wherever it is, and leaves no half-written file.
    /// </summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>
    /// How long a cancelled run may take to end. Reading a terminal, writing to a full pipe: what waits in
    /// the kernel does not see the token.
    /// </summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Whether the answer goes to a terminal that wants colour (https://no-color.org).</summary>
    public static bool WantsColour =>
        !System.Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>
    /// How many columns an answer in text may take: those of the terminal that it goes to, from 40 to 120;
    /// 80 in a file or a pipe. <c>COLUMNS</c> in the environment wins over what the terminal says, and
    /// changes nothing of a file or a pipe.
    /// </summary>
    /// <param name="output">The file that the user names; null or <c>-</c> for standard output.</param>
    public static int Columns(string? output = null) =>
        output is not (null or "-") || System.Console.IsOutputRedirected ? TextReportOptions.WidthUsual
        : ColumnsOf(StandardStreams.Columns);

    /// <summary>The same for help, which a file or a pipe gets in lines as long as they come.</summary>
    public static int HelpColumns() => System.Console.IsOutputRedirected ? int.MaxValue : Columns();

    /// <summary>Writes a sentence to standard error.</summary>
    public static void Complain(string sentence)
    {
        Work.ClearLine();
        WriteError($"graph-order: {sentence}\n");
    }

    /// <summary>Writes a sentence that prevents nothing to standard error, unless nobody wants it.</summary>
    public static void Warn(string sentence)
    {
        if (!Work.IsQuiet)
        {
            Complain(sentence);
        }
    }

    /// <summary>Writes lines that prevent nothing to standard error, unless nobody wants them.</summary>
    public static void WriteNotes(string text)
    {
        if (!Work.IsQuiet)
        {
            Work.ClearLine();
            WriteError(text);
        }
    }

    /// <summary>
    /// Writes lines to standard error as they are; where that is closed, the exit code alone tells.
    /// </summary>
    public static void WriteError(string text)
    {
        try
        {
            using Stream stream = StandardStreams.Error();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _cancellation.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_cancellation.IsCancellationRequested)
        {
            End();
        }

        _cancellation.Cancel();
        _ = Task.Delay(Grace).ContinueWith(_ => End(), TaskScheduler.Default);
    }

    private static int ColumnsOf(Func<int> terminal)
    {
        string? told = Environment.GetEnvironmentVariable("COLUMNS");
        bool isTold = int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out int columns)
            && columns > 0;
        columns = isTold ? columns : terminal();

        // A terminal that does not know says 0.
        return columns <= 0
            ? TextReportOptions.WidthUsual
            : Math.Clamp(columns, TextReportOptions.WidthMin, ColumnsMax);
    }

    private static void End()
    {
        OutputFile.Abandon();
        Work.YieldTerminal();
        Complain("Cancelled.");
        Environment.Exit(ExitCodes.Cancelled);
    }
}
