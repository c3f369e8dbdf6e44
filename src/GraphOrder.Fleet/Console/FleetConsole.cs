using System.Runtime.InteropServices;
using System.Text;
using Spectre.Console;

namespace GraphOrder.Fleet;

/// <summary>Standard streams and cancellation of one run.</summary>
internal sealed class FleetConsole : IDisposable
{
    private readonly TextWriter _out = System.Console.Out;
    private readonly TextWriter _error = System.Console.Error;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    public FleetConsole()
    {
        Output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_out) });
        if (System.Console.IsOutputRedirected)
        {
            Output.Profile.Width = int.MaxValue;
        }

        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));
    }

    /// <summary>Cancelled by the first Ctrl+C or SIGTERM; the second ends the process where it is.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Where answers go.</summary>
    public IAnsiConsole Output { get; }

    /// <summary>Whether an answer goes to a terminal.</summary>
    public bool IsTerminal { get; } = !System.Console.IsOutputRedirected;

    /// <summary>A sentence of the answer.</summary>
    public void Say(string sentence) => _out.WriteLine(sentence);

    /// <summary>Writes an answer for programs.</summary>
    public void Write(Action<Stream> answer)
    {
        using MemoryStream text = new();
        answer(text);
        _out.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
    }

    /// <summary>
    /// Says on a terminal how far it is, in the place of what was said before; an empty text clears it.
    /// </summary>
    public void Progress(string text)
    {
        if (!System.Console.IsErrorRedirected)
        {
            _error.Write($"\r\e[K{text}");
        }
    }

    /// <summary>Writes a sentence to standard error.</summary>
    public void Complain(string sentence) => _error.WriteLine($"graph-order-fleet: {sentence}");

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
        context.Cancel = !_cancellation.IsCancellationRequested;
        _cancellation.Cancel();
    }
}
