using System.CommandLine;

namespace GraphOrder.Cli;

/// <summary>What every command takes: how much is said of the run itself.</summary>
internal static class RunOptions
{
    private const string QuietName = "--quiet";
    private const string VerboseName = "--verbose";

    /// <summary>What they are called.</summary>
    public static IReadOnlyList<string> Names { get; } = [QuietName, VerboseName];

    /// <summary>Adds the options to the root, for all commands below it.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(new Option<bool>(QuietName)
        {
            Description = "Say nothing on standard error but what prevents an answer: no warnings of the "
                + "run, no progress.",
            Recursive = true,
        });
        root.Options.Add(new Option<bool>(VerboseName)
        {
            Description = "Say on standard error what is read, how long each part takes, and how much memory "
                + "it took.",
            Recursive = true,
        });
    }

    /// <summary>Begins the run that a command line asks for.</summary>
    /// <exception cref="ToolException">It asks for less and for more words at once.</exception>
    public static IDisposable Begin(ParseResult parsed)
    {
        bool isQuiet = parsed.GetValue<bool>(QuietName);
        bool isVerbose = parsed.GetValue<bool>(VerboseName);
        if (isQuiet && isVerbose)
        {
            throw ToolException.Usage(
                $"{QuietName} and {VerboseName} exclude each other. Leave one of the two out.");
        }

        return Work.Begin(parsed.CommandResult.Command.Name, isQuiet, isVerbose);
    }
}
