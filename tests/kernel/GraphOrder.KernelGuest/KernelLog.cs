using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace GraphOrder.KernelGuest;

/// <summary>What this kernel said since it started (syslog(2)).</summary>
internal static partial class KernelLog
{
    private const int BytesMax = 1 << 20;

    /// <summary>All of it.</summary>
    public static string Read()
    {
        const int readAll = 3;
        byte[] bytes = new byte[BytesMax];
        int count = Library.KernelLog(readAll, bytes, bytes.Length);
        return count >= 0
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : throw new InvalidOperationException($"No kernel log: errno {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>The count of live updates that it said; 0 where it said none.</summary>
    public static long UpdateNumber()
    {
        Match said = NumberLine().Match(Read());
        return said.Success ? long.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>What the kernel's own test of global states said that it did with them, each as "preserve v0".
    /// </summary>
    public static List<string> StateActs() => [.. StateLine().Matches(Read()).Select(Word)];

    // "found" is what it says of one that it retrieved.
    private static string Word(Match line) =>
        $"{(line.Groups["act"].Value is "found" ? "retrieve" : line.Groups["act"].Value)} {line.Groups["name"].Value}";

    [GeneratedRegex(@"liveupdate number: (\d+)")]
    private static partial Regex NumberLine();

    [GeneratedRegex(@"test-flb-(?<name>v\d): (?<act>preserve|unpreserve|found|finish)")]
    private static partial Regex StateLine();
}
