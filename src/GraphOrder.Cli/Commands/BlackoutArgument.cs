using System.CommandLine;
using System.Globalization;

namespace GraphOrder.Cli;

/// <summary><c>--max-blackout MS</c>: the longest time for which a guest may be paused.</summary>
internal static class BlackoutArgument
{
    private const string Name = "--max-blackout";
    private const long MicrosecondsEach = 1_000;

    public static Option<string?> Option() => new(Name)
    {
        Description = "Refuse, with the longest chain, where the schedule pauses a guest for more than "
            + "so many milliseconds.",
        HelpName = "MS",
    };

    /// <summary>What is asked of the schedule.</summary>
    public static ScheduleOptions Options(string? text)
    {
        if (text is null)
        {
            return ScheduleOptions.Default;
        }

        const NumberStyles plain = NumberStyles.AllowDecimalPoint;
        bool isNumber = decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out decimal milliseconds)
            && milliseconds <= long.MaxValue / MicrosecondsEach;
        return isNumber
            ? ScheduleOptions.Default with
            {
                BlackoutMicrosecondsMax = (long)(milliseconds * MicrosecondsEach),
            }
            : throw ToolException.Usage(
                $"{Name} cannot be '{Printable.Of(text)}'. Give milliseconds, as in {Name} 250.");
    }

    /// <summary>The words that a command repeats to ask the same.</summary>
    public static string[] Repeated(string? text) => text is null ? [] : [Name, text];
}
