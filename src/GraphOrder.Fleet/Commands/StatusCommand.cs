using System.CommandLine;
using GraphOrder.Cli;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GraphOrder.Fleet;

/// <summary><c>status</c>: how roll-outs and failure domains stand.</summary>
internal static class StatusCommand
{
    private static readonly string[] Formats = ["text", "json"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Makes it.</summary>
    public static Command Create(FleetConsole console, FleetOptions fleet)
    {
        Option<string> format = new("--format")
        {
            Description = "text for people, json for programs.",
            HelpName = string.Join('|', Formats),
            DefaultValueFactory = static _ => Formats[0],
        };
        Option<bool> watch = new("--watch")
        {
            Description = "Update the table in its place until Ctrl+C, or until every roll-out is over.",
        };
        Command command = new("status", "Says how roll-outs and failure domains stand.")
        {
            format, watch,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string form = parsed.GetValue(format)!;
            if (Array.IndexOf(Formats, form) < 0)
            {
                throw UsageErrors.WrongValue("--format", form, Formats);
            }

            if (parsed.GetValue(watch) && (form != Formats[0] || !console.IsTerminal))
            {
                throw ToolException.Usage("--watch wants a terminal and text. Leave it out, and ask again "
                    + "instead.");
            }

            await using FleetClient client = await FleetClient.ConnectAsync(fleet, parsed, cancellation);
            FleetStatus status = await FleetStatus.ReadAsync(client.Grains);
            if (form == Formats[1])
            {
                console.Write(status.Write);
            }
            else if (parsed.GetValue(watch))
            {
                await WatchAsync(console, client, status, cancellation);
            }
            else
            {
                console.Output.Write(StatusTable.Draw(status));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static IRenderable Fitting(FleetConsole console, FleetStatus status) =>
        StatusTable.Draw(status, console.Output.Profile.Height - 1);

    private static async Task WatchAsync(
        FleetConsole console, FleetClient client, FleetStatus first, CancellationToken cancellation)
    {
        FleetStatus status = first;
        await console.Output.Live(Fitting(console, status)).StartAsync(async live =>
        {
            while (!status.IsOver)
            {
                await Task.Delay(Pause, cancellation);
                status = await FleetStatus.ReadAsync(client.Grains);
                live.UpdateTarget(Fitting(console, status));
            }
        });
    }
}
