using System.Text;
using GraphOrder.LiveUpdate;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Lines to a serial port of their own, each with a prefix, in one write each. The console has the kernel's
/// messages: it sends them whenever it can, in the middle of a line that somebody else writes too.
/// </summary>
internal static class Serial
{
    public const string Prefix = "GO| ";

    private const int Console = 1;

    private static int _port = Console;

    /// <summary>
    /// Writes one line; to the console until there is a port, which is when devices are mounted. Not for text
    /// with line breaks.
    /// </summary>
    public static void Say(string text)
    {
        if (_port == Console
            && new LinuxCalls().Open("/dev/ttyS1"u8, OpenModes.WriteOnly | OpenModes.CloseOnExec) is
            {
                IsDone: true,
            } opened)
        {
            _port = opened.Descriptor;
        }

        byte[] line = Encoding.UTF8.GetBytes($"{Prefix}{text}\n");
        int written = 0;
        while (written < line.Length)
        {
            nint count = Library.Write(_port, line.AsSpan(written), (nuint)(line.Length - written));
            if (count <= 0)
            {
                return;
            }

            written += (int)count;
        }

        // What still waits to be sent is lost where the machine stops.
        _ = Library.Drain(_port);
    }

    /// <summary>Says that something holds, or that it does not and what was seen.</summary>
    public static void Check(string name, bool holds, string seen) =>
        Say(holds ? $"ok {name}" : $"bad {name}: {seen}");
}
