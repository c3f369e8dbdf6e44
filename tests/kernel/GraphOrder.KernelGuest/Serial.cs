using System.Text;

namespace GraphOrder.KernelGuest;

/// <summary>
/// Lines to the serial console, each with a prefix that no kernel message has, in one write each.
/// </summary>
internal static class Serial
{
    public const string Prefix = "GO| ";

    /// <summary>Writes one line. Not for text with line breaks.</summary>
    public static void Say(string text)
    {
        byte[] line = Encoding.UTF8.GetBytes($"{Prefix}{text}\n");
        int written = 0;
        while (written < line.Length)
        {
            nint count = Library.Write(1, line.AsSpan(written), (nuint)(line.Length - written));
            if (count <= 0)
            {
                return;
            }

            written += (int)count;
        }

        // The kernel's own messages overtake what still waits to be sent, and would stand in its middle.
        _ = Library.Drain(1);
    }

    /// <summary>Says that something holds, or that it does not and what was seen.</summary>
    public static void Check(string name, bool holds, string seen) =>
        Say(holds ? $"ok {name}" : $"bad {name}: {seen}");
}
