using System.CommandLine;
using System.Runtime.InteropServices;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary>
/// <c>fleet</c>: becomes <c>graph-order-fleet</c>, so that signals, terminal and exit code are its own. It is
/// another program since Orleans is never compiled ahead.
/// </summary>
internal static class FleetCommand
{
    public const string Name = "fleet";

    private const string Program = "graph-order-fleet";
    private const string Help = "graph-order fleet --help";

    /// <summary>The words behind <c>fleet</c>, where a command line begins with it; else null.</summary>
    /// <param name="arguments">The whole command line; options of every command may stand in front.</param>
    public static string[]? WordsOf(string[] arguments)
    {
        int first = Array.FindIndex(arguments, static word => !RunOptions.Names.Contains(word));
        return first >= 0 && arguments[first] == Name ? arguments[(first + 1)..] : null;
    }

    /// <summary>Becomes the other program; comes back only where it cannot.</summary>
    /// <exception cref="ToolException">It is missing, or the kernel does not take it.</exception>
    public static int Run(string[] words)
    {
        foreach (string folder in Folders())
        {
            string path = Path.Combine(folder, Program);
            switch (ProgramHandOver.Become([path, .. words]))
            {
                // Not there, a folder, or not executable: the kernel says so of what it would start.
                case Errno.NoEntry or Errno.NotDirectory or Errno.AccessDenied:
                    break;
                case Errno failed:
                    throw ToolException.File(
                        $"'{Printable.Of(path)}' cannot be started: "
                        + $"{Marshal.GetPInvokeErrorMessage((int)failed)}. Where it is damaged, install the "
                        + "package GraphOrder.Fleet again.");
            }
        }

        throw ToolException.File(
            $"{Program} is neither beside this program nor in a folder of PATH: it is the package "
            + "GraphOrder.Fleet ('dotnet tool install --global GraphOrder.Fleet').");
    }

    /// <summary>Makes it, for help and completion.</summary>
    public static Command Create()
    {
        Argument<string[]> words = new("WORDS")
        {
            Description = $"What {Program} takes; '{Help}' tells.",
            HelpName = "WORDS",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new(
            Name,
            $"Many hosts: starts {Program} (package GraphOrder.Fleet), found beside this program or in PATH, "
            + "which keeps the plans of a fleet and rolls updates out.")
        {
            words,
        };
        command.SetAction(parsed => Run(parsed.GetValue(words) ?? []));
        return command;
    }

    // A tool that 'dotnet tool install' made is called by a link: what lies beside the link is beside the
    // tool too. What PATH has that is relative would depend on where somebody stands.
    private static IEnumerable<string> Folders()
    {
        yield return AppContext.BaseDirectory;
        if (Path.GetDirectoryName(Environment.GetCommandLineArgs()[0]) is { Length: > 0 } called)
        {
            yield return Path.GetFullPath(called);
        }

        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (string folder in path.Split(Path.PathSeparator).Where(Path.IsPathRooted))
        {
            yield return folder;
        }
    }
}
