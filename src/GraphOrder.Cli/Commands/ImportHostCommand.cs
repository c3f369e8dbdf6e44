using System.CommandLine;
using GraphOrder.LiveUpdate;

namespace GraphOrder.Cli;

/// <summary><c>import host</c>: what the processes of this machine hold.</summary>
internal static class ImportHostCommand
{
    public static Command Create(CommandConsole console)
    {
        Option<string> root = new("--root")
        {
            Description = "A folder that holds 'proc' and 'sys', where it is not this machine.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "/",
        };
        Option<string?> output = SetArguments.Output();
        Command command = new(
            "host",
            "What the processes of this machine hold: memfds, iommufds, vfio devices, KVM machines. "
            + "Read-only, on any kernel; as root it sees all processes. What is concluded is marked "
            + "x-inferred, what cannot be seen is listed under x-notSeen.")
        {
            root, output,
        };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(root)!;
            if (folder.Length == 0 || !Directory.Exists(Path.Combine(folder, "proc")))
            {
                throw ToolException.File(
                    $"'{Printable.Of(folder)}' holds no folder 'proc'. Name the root of a host.");
            }

            return ImportCommand.Answer(
                parsed.GetValue(output), "host", SetArguments.Timed(
                    "reading processes", () => HostImport.Read(folder, console.Cancellation)));
        });
        return command;
    }
}
