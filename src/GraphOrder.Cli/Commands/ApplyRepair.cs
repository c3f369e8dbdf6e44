using System.CommandLine;
using System.Globalization;

namespace GraphOrder.Cli;

/// <summary><c>plan --apply-repair N</c>: writes the changed set and plans nothing.</summary>
internal static class ApplyRepair
{
    public static Option<string?> Option() => new("--apply-repair")
    {
        Description = "Write the set as way out N of its refusal changes it, instead of a plan. 'x-' members "
            + "are not kept; what is waived is dropped from its dependency.",
        HelpName = "N",
    };

    /// <summary>The number that the user gives; null where none is given.</summary>
    /// <exception cref="ToolException">It is no number.</exception>
    public static int? Number(string? text) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw ToolException.Usage(
            $"--apply-repair cannot be '{text}'. Give the number of a way out, as 'plan' shows them.");

    /// <summary>Writes it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ToolException">The set is legal, or has no way out of that number.</exception>
    public static int Write(string path, PlanAnswer answer, int number, string? output)
    {
        string name = InputFile.NameOf(path);
        if (answer.Result.IsLegal)
        {
            throw ToolException.Usage(
                $"'{name}' is legal, so there is nothing to repair. Leave --apply-repair out to see its "
                + "plan.");
        }

        int count = answer.Repairs.Repairs.Length;
        if (count == 0)
        {
            throw new ToolException(
                ExitCodes.Refused,
                $"No repair was found for '{name}'. Leave --apply-repair out to see why it is refused.");
        }

        if (number < 1 || number > count)
        {
            string known = count == 1 ? "the only way out is 1" : $"the ways out are 1 to {count}";
            throw ToolException.Usage(
                $"--apply-repair cannot be {number}: {known}. Leave it out to see "
                + (count == 1 ? "it." : "them."));
        }

        Repair repair = answer.Repairs.Repairs[number - 1];
        OutputFile.Write(output, stream => SessionSetWriter.Write(stream, repair.Changed));
        if (!repair.Waived.IsEmpty)
        {
            string[] waived = [.. repair.Waived.Select(waiver => $"'{Printable.Of(waiver.ToString())}'")];
            CommandConsole.Warn(
                $"The new set no longer has the soft dependencies {string.Join(", ", waived)}. "
                + "To keep them in "
                + "the set and waive them for one plan only, use --waive instead.");
        }

        return ExitCodes.Done;
    }
}
