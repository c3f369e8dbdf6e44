using System.CommandLine;
using System.Text;

namespace GraphOrder.Cli;

/// <summary><c>completion</c>: the script by which a shell completes this tool's command line.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    public static Command Create()
    {
        Argument<string> shell = new("SHELL")
        {
            Description = "The shell that is to load it: in ~/.bashrc 'source <(graph-order completion "
                + "bash)'; in ~/.zshrc 'source <(graph-order completion zsh)'; in "
                + "~/.config/fish/config.fish 'graph-order completion fish | source'.",
            HelpName = string.Join('|', Shells),
        };
        Command command = new(
            "completion",
            "Prints a script by which a shell completes commands, options, their values, files, and the ids "
            + "of the set that the command line already names.")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            string asked = parsed.GetValue(shell)!;
            string script = Array.IndexOf(Shells, asked) switch
            {
                0 => CompletionScripts.Bash,
                1 => CompletionScripts.Zsh,
                2 => CompletionScripts.Fish,
                _ => throw UsageErrors.WrongValue("SHELL", asked, Shells),
            };
            OutputFile.Write(null, stream => stream.Write(Encoding.UTF8.GetBytes(script)));
            return ExitCodes.Done;
        });
        return command;
    }
}
