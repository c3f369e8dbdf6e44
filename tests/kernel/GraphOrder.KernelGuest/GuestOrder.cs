using System.Globalization;

namespace GraphOrder.KernelGuest;

/// <summary>What this boot is to do: the kernel's command line has it, and hands it to the next
/// kernel.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Argument">What with; empty for nothing. Without blanks.</param>
/// <param name="Kernel">The how-manieth kernel this is, from 1.</param>
/// <param name="Rest">All other words of the command line.</param>
internal sealed record GuestOrder(string Mode, string Argument, int Kernel, string Rest)
{
    private const string ModeName = "graphorder.mode=";
    private const string ArgumentName = "graphorder.argument=";
    private const string KernelName = "graphorder.kernel=";

    /// <summary>The order that the next kernel gets.</summary>
    public GuestOrder Next => this with { Kernel = Kernel + 1 };

    /// <summary>Reads it from /proc/cmdline.</summary>
    public static GuestOrder Read()
    {
        string mode = "";
        string argument = "";
        int kernel = 1;
        List<string> rest = [];
        foreach (string word in File.ReadAllText("/proc/cmdline").Split(
            (char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith(ModeName, StringComparison.Ordinal))
            {
                mode = word[ModeName.Length..];
            }
            else if (word.StartsWith(ArgumentName, StringComparison.Ordinal))
            {
                argument = word[ArgumentName.Length..];
            }
            else if (word.StartsWith(KernelName, StringComparison.Ordinal))
            {
                kernel = int.Parse(word.AsSpan(KernelName.Length), CultureInfo.InvariantCulture);
            }
            else
            {
                rest.Add(word);
            }
        }

        return new(mode, argument, kernel, string.Join(' ', rest));
    }

    /// <summary>The command line that carries it.</summary>
    public string ToCommandLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rest} {ModeName}{Mode} {ArgumentName}{Argument} {KernelName}{Kernel}");
}
