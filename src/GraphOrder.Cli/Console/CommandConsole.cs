using System.Runtime.InteropServices;
using System.Text;

namespace GraphOrder.Cli;

/// <summary>Standard streams, colour and cancellation of one run.</summary>
internal sealed class CommandConsole : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    public CommandConsole()
    {
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

    /// <summary>Writes a sentence to standard error.</summary>
    public static void Complain(string sentence) => WriteError($"graph-order: {sentence}\n");

    /// <summary>
    /// Writes lines to standard error as they are; where that is closed, the exit code alone tells.
    /// </summary>
    public static void WriteError(string text)
    {
        try
        {
            using Stream stream = System.Console.OpenStandardError();
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

    private static void End()
    {
        OutputFile.Abandon();
        Complain("Cancelled.");
        Environment.Exit(ExitCodes.Cancelled);
    }
}
